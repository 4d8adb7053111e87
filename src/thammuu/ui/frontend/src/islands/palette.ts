/** Ctrl-K: pages, actions, recently opened objects, and what the server's search suggests. A combobox over a listbox. */

import { account, icon, make, memory, nav, word } from "../page.ts";
import { foldText, rank } from "../matching.ts";

interface Option {
  label: string;
  url: string;
  icon: string;
  note: string;
  keys: string;
}

interface Suggestion {
  title: string;
  url: string;
  kind?: string;
  icon?: string;
  state?: string;
}

const RECENT = `thammuu recent ${account}`;
const KEPT = 8;

export class Palette {
  private readonly input = make("input", {
    type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": "palette-list", "aria-autocomplete": "list",
    "aria-label": word("palette"), placeholder: word("palette"), autocomplete: "off", spellcheck: "false",
  });
  private readonly list = make("div", { class: "palette-list", id: "palette-list", role: "listbox", "aria-label": word("palette") });
  private readonly dialog = make(
    "dialog",
    { class: "palette", id: "palette", "aria-label": word("palette") },
    make("div", { class: "palette-field" }, icon("search"), this.input, make("kbd", {}, "Esc")),
    this.list,
  );
  private found: Option[] = [];
  private chosen = 0;
  private asked = new AbortController();

  constructor() {
    document.body.append(this.dialog);
    this.input.addEventListener("input", () => this.refresh());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => {
      const row = (event.target as Element).closest<HTMLElement>("[role=option]");
      if (row) this.open(Number(row.dataset["index"]));
    });
  }

  show(): void {
    if (this.dialog.open) return;
    this.input.value = "";
    this.dialog.showModal();
    this.refresh();
  }

  private refresh(): void {
    const text = this.input.value.trim();
    this.asked.abort();
    this.draw(text, []);
    if (text.length > 1) void this.ask(text);
  }

  private async ask(text: string): Promise<void> {
    this.asked = new AbortController();
    try {
      const answer = await fetch(`/search/suggest/?q=${encodeURIComponent(text)}`, {
        headers: { Accept: "application/json" },
        signal: this.asked.signal,
      });
      if (!answer.ok) return;
      const { results } = (await answer.json()) as { results: Suggestion[] };
      const options = results.map((each) => ({ label: each.title, url: each.url, icon: each.icon ?? "file-text", note: each.state ?? each.kind ?? "", keys: "" }));
      if (text === this.input.value.trim()) this.draw(text, options);
    } catch {
      // Typed on, or cut off: the pages and actions still answer.
    }
  }

  private draw(text: string, objects: Option[]): void {
    const option = (item: (typeof nav)[number]): Option => ({ ...item, note: "" });
    const matching = (options: Option[]): Option[] => rank(options, text, (each) => each.label);
    const groups: [string, Option[]][] = [
      [word("recent"), matching(recent()).slice(0, text ? 3 : KEPT)],
      [word("objects"), objects],
      [word("pages"), matching(nav.filter((item) => item.page).map(option))],
      [word("actions"), matching(nav.filter((item) => !item.page).map(option))],
    ];
    this.found = groups.flatMap(([, options]) => options);
    this.chosen = 0;
    let index = 0;
    this.list.replaceChildren(
      ...groups.filter(([, options]) => options.length).map(([title, options], order) => {
        const heading = make("span", { id: `palette-group-${order}` }, title);
        const box = make("div", { role: "group", "aria-labelledby": heading.id }, heading);
        for (const each of options) box.append(row(each, index++));
        return box;
      }),
    );
    if (!this.found.length) this.list.append(make("p", { role: "status" }, word("palette_none")));
    this.mark();
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.chosen = (this.chosen + step + this.found.length) % Math.max(1, this.found.length);
      this.mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.open(this.chosen);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.dialog.close();
    }
  }

  private mark(): void {
    for (const each of this.list.querySelectorAll<HTMLElement>("[role=option]")) {
      const on = Number(each.dataset["index"]) === this.chosen;
      each.setAttribute("aria-selected", String(on));
      if (on) {
        each.scrollIntoView({ block: "nearest" });
        this.input.setAttribute("aria-activedescendant", each.id);
      }
    }
  }

  private open(index: number): void {
    const option = this.found[index];
    if (option) location.assign(option.url);
  }
}

function row(option: Option, index: number): HTMLElement {
  const element = make("div", { role: "option", id: `palette-option-${index}`, "data-index": String(index) }, icon(option.icon), make("span", {}, option.label));
  if (option.note) element.append(make("small", {}, option.note));
  for (const key of option.keys.split(" ").filter(Boolean)) element.append(make("kbd", {}, key));
  return element;
}

function recent(): Option[] {
  try {
    return JSON.parse(memory.get(RECENT) ?? "[]") as Option[];
  } catch {
    return [];
  }
}

/** Remember an opened object: a page whose main part names itself with `data-object="<title>"` and `data-object-icon`. */
export function rememberPage(): void {
  const object = document.querySelector<HTMLElement>("[data-object]");
  if (!account || !object) return;
  const here: Option = { label: object.dataset["object"] ?? document.title, url: location.pathname, icon: object.dataset["objectIcon"] ?? "file-text", note: "", keys: "" };
  const kept = recent().filter((each) => each.url !== here.url && foldText(each.label) !== "");
  memory.set(RECENT, JSON.stringify([here, ...kept].slice(0, KEPT)));
}

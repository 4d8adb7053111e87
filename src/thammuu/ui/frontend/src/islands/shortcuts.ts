/**
 * Keys: Ctrl-K and `?` everywhere; single keys and pairs ("g w") from the navigation, which can be turned off.
 * A key is no shortcut while it goes into a field or an input method is composing.
 */

import { icon, isTyping, make, memory, nav, word } from "../page.ts";

const SWITCH = "thammuu single keys off";
const PAIR_TIME = 1_200;

let first = "";
let forget: ReturnType<typeof setTimeout> | undefined;

export function areSingleKeysOn(): boolean {
  return memory.get(SWITCH) === null;
}

export function watchKeys(openPalette: () => void): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      return openPalette();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") return openSheet();
    if (areSingleKeysOn()) single(event);
  });
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-opens='shortcuts']")) openSheet();
  });
}

function single(event: KeyboardEvent): void {
  if (event.key === "/") return focusField(event);
  if (event.key === ".") return document.querySelector<HTMLElement>("[data-new-rows]")?.click();
  const asked = first ? `${first} ${event.key}` : event.key;
  const item = nav.find((each) => each.keys === asked);
  clearTimeout(forget);
  first = "";
  if (item) {
    event.preventDefault();
    location.assign(item.url);
  } else if (nav.some((each) => each.keys.startsWith(`${event.key} `))) {
    first = event.key;
    forget = setTimeout(() => (first = ""), PAIR_TIME);
  }
}

function focusField(event: KeyboardEvent): void {
  const field =
    document.querySelector<HTMLElement>("command-bar input[type=text]") ?? document.querySelector<HTMLElement>("main input[type=search]");
  if (!field) return;
  event.preventDefault();
  field.focus();
}

function openSheet(): void {
  let sheet = document.getElementById("shortcuts") as HTMLDialogElement | null;
  if (!sheet) {
    sheet = makeSheet();
    document.body.append(sheet);
  }
  sheet.showModal();
}

function makeSheet(): HTMLDialogElement {
  const box = make("input", { type: "checkbox", id: "single-keys" });
  box.checked = areSingleKeysOn();
  box.addEventListener("change", () => (box.checked ? memory.remove(SWITCH) : memory.set(SWITCH, "1")));
  const close = make("button", { class: "icon-button", "aria-label": word("close") }, icon("x"));
  const head = make("div", { class: "dialog-head" }, make("h2", { id: "shortcuts-title" }, word("shortcuts")), make("form", { method: "dialog" }, close));
  const general: [string, string][] = [
    ["Ctrl K", word("shortcut_palette")],
    ["?", word("shortcut_sheet")],
    ["/", word("shortcut_search")],
    [".", word("shortcut_new")],
    ["↑ ↓", word("shortcut_rows")],
  ];
  const keyed = nav.filter((item) => item.keys);
  const groups = make("div", { class: "shortcuts" }, group(word("shortcuts_general"), general));
  for (const [title, isPage] of [[word("pages"), true], [word("actions"), false]] as const) {
    const rows = keyed.filter((item) => item.page === isPage).map((item): [string, string] => [item.keys, item.label]);
    if (rows.length) groups.append(group(title, rows));
  }
  const choice = make("div", { class: "choice" }, box, make("label", { for: "single-keys" }, word("shortcuts_single")));
  return make(
    "dialog",
    { class: "dialog dialog-wide", id: "shortcuts", "aria-labelledby": "shortcuts-title" },
    head,
    make("div", { class: "dialog-body stack" }, groups, choice),
  );
}

function group(title: string, rows: [string, string][]): HTMLElement {
  const section = make("section", {}, make("h3", {}, title));
  for (const [keys, label] of rows) {
    const shown = make("span", { class: "cluster" });
    for (const key of keys.split(" ")) shown.append(make("kbd", {}, key));
    section.append(make("div", {}, label, shown));
  }
  return section;
}

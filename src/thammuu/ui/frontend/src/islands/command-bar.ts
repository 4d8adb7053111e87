/**
 * `<command-bar parse="/watch/log/parse/">` around the log's form: recognised parts show as typed; Enter sends without leaving
 * the page; what cannot be sent stays in the visible outbox and is sent once. Without a script it is a plain form.
 *
 * Inside: `.command-parts` (chips) and `ul.outbox`. The text field is the form's `input[type=text]`.
 */

import { present } from "../device-clock.ts";
import { account, icon, make, memory, word } from "../page.ts";
import { changed, post } from "../outbox/sending.ts";
import { drop, unsentOf, type Unsent } from "../outbox/store.ts";

interface Part {
  kind: string;
  text: string;
  label: string;
  start: number;
  end: number;
  doubtful?: boolean;
}

const ICONS: Record<string, string> = { time: "clock", unit: "building-2", place: "map-pin", incident: "siren", kind: "tag", order: "megaphone" };
const WAIT = 120;

export class CommandBar extends HTMLElement {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = new AbortController();
  private readonly refresh = (): void => void this.showOutbox();

  connectedCallback(): void {
    const form = this.form;
    this.input.value ||= memory.get(this.key) ?? "";
    this.input.addEventListener("input", () => this.typed());
    form.addEventListener("submit", (event) => {
      // An order never waits in the outbox: whoever gives it sees that it went, on its page.
      if (this.input.value.trimStart().startsWith(">")) {
        if (navigator.onLine) memory.remove(this.key);
        else event.preventDefault();
        return;
      }
      event.preventDefault();
      void this.send();
    });
    document.addEventListener("outbox-change", this.refresh);
    if (this.input.value) this.typed();
    this.refresh();
  }

  disconnectedCallback(): void {
    document.removeEventListener("outbox-change", this.refresh);
  }

  private get form(): HTMLFormElement {
    return this.querySelector("form") as HTMLFormElement;
  }

  private get input(): HTMLInputElement {
    return this.querySelector("input[type=text]") as HTMLInputElement;
  }

  private get key(): string {
    const incident = this.form.querySelector<HTMLInputElement>("input[name=incident]")?.value ?? "";
    return `thammuu line ${account} ${this.form.action} ${incident}`;
  }

  private typed(): void {
    memory.set(this.key, this.input.value);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.parse(), WAIT);
  }

  private async parse(): Promise<void> {
    const address = this.getAttribute("parse");
    const text = this.input.value;
    this.asked.abort();
    if (!address) return;
    if (!text.trim()) return this.showParts([]);
    this.asked = new AbortController();
    try {
      const answer = await fetch(`${address}?text=${encodeURIComponent(text)}`, {
        headers: { Accept: "application/json" },
        signal: this.asked.signal,
      });
      if (answer.ok) this.showParts(((await answer.json()) as { parts: Part[] }).parts);
    } catch {
      // Typed on, or cut off: the server recognises the parts when the line arrives.
    }
  }

  private showParts(parts: Part[]): void {
    const box = this.querySelector(".command-parts");
    box?.replaceChildren(
      ...parts.map((part) => make("span", { class: `part ${part.kind}${part.doubtful ? " doubtful" : ""}` }, icon(ICONS[part.kind] ?? "tag"), part.label)),
    );
  }

  private async send(): Promise<void> {
    const label = this.input.value.trim();
    if (!label || !this.form.reportValidity()) return;
    const fields = [...new FormData(this.form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && !(value instanceof File && !value.size));
    const submission = String(fields.find(([name]) => name === "submission")?.[1] ?? newId());
    const item: Unsent = { submission, account, action: this.form.action, fields, label, at: present(), refused: "" };
    this.clear();
    document.dispatchEvent(new CustomEvent("line-filed"));
    const outcome = await post(item);
    // Without a stream nothing brings the new row, so the page is fetched again.
    if (outcome.kind === "taken" && !document.body.dataset["stream"]) location.reload();
  }

  private clear(): void {
    const field = this.form.querySelector<HTMLInputElement>("input[name=submission]");
    const { input } = this;
    this.form.reset();
    input.value = "";
    if (field) field.value = newId();
    memory.remove(this.key);
    this.showParts([]);
    this.form.dispatchEvent(new Event("cleared"));
    input.focus();
  }

  private async showOutbox(): Promise<void> {
    const box = this.querySelector<HTMLElement>(".outbox");
    if (!box) return;
    const items = (await unsentOf(account)).filter((item) => item.action === this.form.action);
    box.hidden = !items.length;
    box.replaceChildren(...items.map((item) => this.row(item)));
  }

  private row(item: Unsent): HTMLElement {
    const state = item.refused ? word("outbox_refused", { reason: item.refused }) : word("outbox_waiting");
    const row = make("li", {}, icon(item.refused ? "circle-alert" : "hourglass"), make("span", {}, item.label), make("small", {}, state));
    if (!item.refused) return row;
    const edit = make("button", { type: "button", class: "button small" }, word("outbox_edit"));
    edit.addEventListener("click", () => {
      this.input.value = item.label;
      this.typed();
      this.input.focus();
      void drop(item.submission).then(changed);
    });
    const discard = make("button", { type: "button", class: "button small quiet" }, word("outbox_discard"));
    discard.addEventListener("click", () => void drop(item.submission).then(changed));
    row.append(edit, discard);
    return row;
  }
}

/** `crypto.randomUUID` is missing on plain http inside a local network. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

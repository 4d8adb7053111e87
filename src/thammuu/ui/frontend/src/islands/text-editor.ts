/**
 * `<text-editor data-part="text">` around a draft's sections: what is pressed in it is sent without leaving the page, and the form that answers (a
 * section to edit, one that another officer holds, both texts after a collision) stands in the section's place. The pages that answer are those that
 * a browser without a script walks through; each marks what is put in place with `data-part="editor"`.
 *
 * Keys in the open form: Ctrl+Enter saves, Ctrl+Shift+Enter saves and begins the next section, Escape leaves; in a section, Alt+↑ and Alt+↓ move it.
 */

import { word } from "../page.ts";
import { partsOf } from "../parts.ts";
import { markup } from "../trusted.ts";
import { forgetSentDraft } from "./draft-form.ts";
import { toast } from "./toasts.ts";

interface Sending {
  form: HTMLFormElement;
  submitter: HTMLElement | null;
}

export class TextEditor extends HTMLElement {
  private busy = false;

  connectedCallback(): void {
    this.addEventListener("submit", (event) => this.submit(event));
    this.addEventListener("click", (event) => this.follow(event));
    this.addEventListener("keydown", (event) => this.press(event));
  }

  private submit(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    event.preventDefault();
    const address = form.getAttribute("action") ?? form.closest("[data-held]")?.getAttribute("data-held") ?? location.pathname;
    void this.send(placeOf(form), address, { form, submitter: event.submitter });
  }

  private follow(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-in-place], [data-held] a.quiet");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void this.send(placeOf(link), link.href);
  }

  private press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const target = event.target as Element;
    const held = target.closest("[data-held]");
    if (held && event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      held.querySelector("form")?.requestSubmit(event.shiftKey ? held.querySelector<HTMLElement>("button[name=another]") : null);
    } else if (held && event.key === "Escape") {
      event.preventDefault();
      held.querySelector<HTMLElement>("a.quiet")?.click();
    } else if (!held && event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      const to = event.key === "ArrowUp" ? "up" : "down";
      const button = target.closest("article")?.querySelector<HTMLElement>(`button[name=to][value=${to}]`);
      if (!button) return;
      event.preventDefault();
      button.click();
    }
  }

  /** Ask for a page, or send a form, and show in place what answers; anything but an editor or the text is gone to. */
  private async send(place: Element, address: string, sending?: Sending): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.setAttribute("aria-busy", "true");
    try {
      const [page, url] = await read(address, sending);
      if (sending) forgetSentDraft(page);
      const parts = partsOf(page);
      const editor = parts.get("editor");
      const above = url.searchParams.get("after");
      if (editor && above && !document.getElementById(`section-${above}`)) {
        const [fresh] = await read(location.pathname);
        this.takeOver(partsOf(fresh));
        this.open(document.getElementById(`section-${above}`) ?? this, editor, url);
      } else if (editor) {
        this.open(place, editor, url);
      } else if (parts.has("text")) {
        const at = place.id || place.previousElementSibling?.id || "";
        this.takeOver(parts);
        this.settle(at, sending?.submitter ?? null);
      } else {
        location.assign(sending ? location.pathname : url.href);
      }
      for (const said of page.querySelectorAll("toast-list .toast")) toast(said.querySelector("p")?.textContent ?? "", toneOf(said));
    } catch {
      toast(word("not_reached"), "critical");
    } finally {
      this.busy = false;
      this.removeAttribute("aria-busy");
    }
  }

  /** Put the form of another page in place; `data-held` tells where it goes and keeps what is live from replacing it. */
  private open(place: Element, editor: Element, url: URL): void {
    for (const other of this.querySelectorAll("[data-held]")) {
      if (other === place) continue;
      other.previousElementSibling?.removeAttribute("hidden");
      other.remove();
    }
    const held = document.createElement("div");
    held.className = editor.className;
    held.setAttribute("data-held", url.pathname + url.search);
    held.append(...editor.childNodes);
    if (place.matches("[data-held]")) place.replaceWith(held);
    else if (place === this) this.append(held);
    else place.after(held);
    if (place.matches("article") && !url.searchParams.has("after")) place.toggleAttribute("hidden", true);
    held.querySelector<HTMLElement>(".error-summary, textarea, button")?.focus();
  }

  /** The document's own page answered: its parts are shown anew. */
  private takeOver(parts: Map<string, Element>): void {
    for (const [name, part] of partsOf(document)) {
      const next = parts.get(name);
      if (next) part.replaceChildren(...next.childNodes);
    }
  }

  /** The reader goes on where he was: at the same button, or at the section. */
  private settle(at: string, submitter: HTMLElement | null): void {
    const section = (at ? document.getElementById(at) : null) ?? this;
    const same = submitter instanceof HTMLButtonElement && submitter.name === "to" ? section.querySelector<HTMLElement>(`button[name=to][value="${submitter.value}"]`) : null;
    (same ?? section.querySelector<HTMLElement>("button, a"))?.focus();
  }
}

async function read(address: string, sending?: Sending): Promise<[Document, URL]> {
  const sent = sending ? { method: "POST", body: new FormData(sending.form, sending.submitter) } : {};
  const answer = await fetch(address, { ...sent, headers: { Accept: "text/html" } });
  return [new DOMParser().parseFromString(markup(await answer.text()), "text/html"), new URL(answer.url)];
}

/** Where the form that answers is put: in place of the section or the open form, or below what a link stands in. */
function placeOf(pressed: Element): Element {
  return pressed.closest("[data-held]") ?? pressed.closest(pressed.matches("a") ? "article, p" : "article") ?? pressed;
}

function toneOf(said: Element): string {
  return [...said.classList].filter((name) => name !== "toast").join(" ");
}

/**
 * `<draft-form name="incident-opening">` around a form: what is typed is kept on this device, by account and form, and comes back
 * after a reload, a sign-out or a dead network. The submission id is kept with it, so that a form whose answer was lost is
 * stored once. The draft goes when the server has taken the form.
 */

import { present } from "../device-clock.ts";
import { account, clockText, make, memory, word } from "../page.ts";

interface Draft {
  at: number;
  fields: [string, string][];
}

const SENT = "thammuu sent draft";
const WAIT = 300;
const NEVER = new Set(["csrfmiddlewaretoken", "next", "device_time"]);

export class DraftForm extends HTMLElement {
  private timer: ReturnType<typeof setTimeout> | undefined;

  connectedCallback(): void {
    const form = this.form;
    if (!form || !account) return;
    if (!form.querySelector(".error-summary")) this.restore(form);
    form.addEventListener("input", () => this.saveSoon(form));
    form.addEventListener("change", () => this.saveSoon(form));
    form.addEventListener("submit", () => {
      clearTimeout(this.timer);
      this.save(form);
      try {
        sessionStorage.setItem(SENT, this.key);
      } catch {
        // Without the mark the draft stays, which loses nothing.
      }
    });
  }

  private get form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  private get key(): string {
    return `thammuu draft ${account} ${this.getAttribute("name") ?? ""} ${location.pathname}`;
  }

  private saveSoon(form: HTMLFormElement): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(form), WAIT);
  }

  private save(form: HTMLFormElement): void {
    const fields: [string, string][] = [];
    for (const [name, value] of new FormData(form)) {
      const field = form.elements.namedItem(name);
      if (typeof value !== "string" || NEVER.has(name)) continue;
      if (field instanceof HTMLInputElement && field.type === "password") continue;
      fields.push([name, value]);
    }
    memory.set(this.key, JSON.stringify({ at: present(), fields } satisfies Draft));
  }

  private restore(form: HTMLFormElement): void {
    const kept = memory.get(this.key);
    if (!kept) return;
    const { at, fields } = JSON.parse(kept) as Draft;
    const differs = fields.some(([name, value]) => name !== "submission" && !hasValue(form, name, value));
    if (!differs) return;
    const submission = form.querySelector<HTMLInputElement>("input[name=submission]");
    const fresh = submission?.value ?? "";
    fill(form, fields);
    const discard = make("button", { type: "button", class: "button small quiet" }, word("draft_discard"));
    const note = make("p", { class: "draft-note cluster", role: "status" }, word("draft_restored", { time: clockText(at) }), discard);
    discard.addEventListener("click", () => {
      clearTimeout(this.timer);
      memory.remove(this.key);
      form.reset();
      if (submission) submission.value = fresh;
      note.remove();
    });
    form.prepend(note);
  }
}

/** Forget the draft of a form that the server has taken: the page that answers is neither a refusal, nor sign-in, nor the form again. */
export function forgetSentDraft(page: Document = document): void {
  try {
    const key = sessionStorage.getItem(SENT);
    // Asked who is acting, the form is still under way: the answer carries it along.
    if (!key || !account || page.querySelector(".proof-page")) return;
    sessionStorage.removeItem(SENT);
    if (!page.querySelector(".error-summary, .fault-page")) memory.remove(key);
  } catch {
    // No session storage: drafts stay until discarded.
  }
}

function hasValue(form: HTMLFormElement, name: string, value: string): boolean {
  return new FormData(form).getAll(name).includes(value);
}

function fill(form: HTMLFormElement, fields: [string, string][]): void {
  const names = new Set(fields.map(([name]) => name));
  for (const name of names) {
    const values = fields.filter(([other]) => other === name).map(([, value]) => value);
    for (const field of form.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(`[name="${CSS.escape(name)}"]`)) {
      if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
        field.checked = values.includes(field.value);
      } else if (field instanceof HTMLSelectElement && field.multiple) {
        for (const option of field.options) option.selected = values.includes(option.value);
      } else if (!(field instanceof HTMLInputElement && field.type === "file")) {
        field.value = values.shift() ?? field.value;
      }
    }
  }
  form.dispatchEvent(new Event("draft-restored", { bubbles: true }));
}

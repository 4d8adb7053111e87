/** The cover over a page that nobody uses: the page stays under it, and goes on once its officer is proved again. */

import { memory } from "../page.ts";
import { freshToken, token } from "../session.ts";

const USED = "thammuu used";
const LOCKED = "thammuu locked";
const CHECK = 5_000;
const SIGNS = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

export class IdleLock extends HTMLElement {
  private readonly limit = Number(this.dataset["minutes"]) * 60_000;
  private used = Date.now();
  private covered = false;

  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form || !this.dialog || !this.limit) return;
    // The page was given out, so its session is open: a mark from before is of a session that is over.
    memory.set(LOCKED, "");
    this.use();
    for (const sign of SIGNS) addEventListener(sign, () => this.use(), { passive: true, capture: true });
    setInterval(() => this.check(), CHECK);
    addEventListener("visibilitychange", () => this.check());
    addEventListener("storage", ({ key, newValue }) => {
      if (key === LOCKED && newValue) this.cover();
      else if (key === LOCKED) this.uncover();
    });
    this.dialog.addEventListener("cancel", (event) => event.preventDefault());
    // A browser closes a dialog at the second Escape, whatever the first was answered.
    this.dialog.addEventListener("close", () => this.covered && this.dialog?.showModal());
    addEventListener("keydown", (event) => this.covered && event.stopImmediatePropagation(), { capture: true });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.unlock(form);
    });
  }

  private get dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  /** Other tabs of the device count too; written at most once a check. */
  private use(): void {
    if (this.covered) return;
    const now = Date.now();
    if (now - this.used > CHECK) memory.set(USED, String(now));
    this.used = now;
  }

  private check(): void {
    const last = Math.max(this.used, Number(memory.get(USED) ?? 0));
    if (this.covered || Date.now() - last < this.limit) return;
    memory.set(LOCKED, "1");
    this.cover();
    void send("/account/lock/", new URLSearchParams());
  }

  private cover(): void {
    if (this.covered) return;
    this.covered = true;
    this.dialog?.showModal();
  }

  private uncover(): void {
    this.covered = false;
    this.used = Date.now();
    this.querySelector("form")?.reset();
    this.dialog?.close();
  }

  private async unlock(form: HTMLFormElement): Promise<void> {
    const proof = form.querySelector<HTMLInputElement>("[name=proof]");
    const fault = form.querySelector<HTMLElement>("[role=alert]");
    const answer = await send(form.action, new URLSearchParams({ proof: proof?.value ?? "" }));
    if (answer?.ok) {
      if (answer.redirected) return location.reload();
      if (fault) fault.hidden = true;
      memory.set(LOCKED, "");
      this.uncover();
      document.dispatchEvent(new CustomEvent("session-back"));
    } else if (fault) {
      const said = answer?.headers.get("Content-Type")?.startsWith("application/json") ? ((await answer.json()) as { reason: string }).reason : "";
      fault.textContent = said || (this.dataset["offline"] ?? "");
      fault.hidden = false;
      proof?.select();
    }
  }
}

async function send(address: string, fields: URLSearchParams): Promise<Response | null> {
  const post = (guard: string): Promise<Response> =>
    fetch(address, { method: "POST", body: fields, headers: { Accept: "application/json", "X-CSRFToken": guard } });
  try {
    const answer = await post(token());
    return answer.status === 403 ? await post(await freshToken()) : answer;
  } catch {
    return null;
  }
}

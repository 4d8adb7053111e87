/** `<toast-list>`: messages that say what was done. Faults stay until dismissed; the rest leave by themselves. */

import { icon, make, word } from "../page.ts";

const STAY = 8_000;

export class ToastList extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", (event) => {
      const button = (event.target as Element).closest("[data-dismiss]");
      button?.closest(".toast")?.remove();
    });
    for (const toast of this.querySelectorAll<HTMLElement>(".toast")) this.leaveLater(toast);
  }

  /** Show a message; `action` adds a button beside it. */
  show(text: string, tone = "", action?: { label: string; run: () => void }): HTMLElement {
    const close = make("button", { type: "button", class: "icon-button", "data-dismiss": "", "aria-label": word("dismiss") }, icon("x"));
    const toast = make("div", { class: `toast ${tone}` }, make("p", {}, text));
    if (action) {
      const button = make("button", { type: "button", class: "button small" }, action.label);
      button.addEventListener("click", action.run);
      toast.append(button);
    }
    toast.append(close);
    this.append(toast);
    this.leaveLater(toast);
    return toast;
  }

  private leaveLater(toast: HTMLElement): void {
    if (toast.matches(".critical, .caution, .serious, .error, .warning")) return;
    const leave = (): void => {
      if (toast.matches(":hover, :focus-within")) setTimeout(leave, STAY);
      else toast.remove();
    };
    setTimeout(leave, STAY);
  }
}

export function toast(text: string, tone = "", action?: { label: string; run: () => void }): HTMLElement | undefined {
  return document.querySelector<ToastList>("toast-list")?.show(text, tone, action);
}

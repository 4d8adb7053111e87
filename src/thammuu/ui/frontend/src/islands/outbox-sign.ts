/** `<outbox-sign>` in the top bar: how many items have not reached the server; a button that sends them now. */

import { account, icon, make, word } from "../page.ts";
import { sendAll } from "../outbox/sending.ts";
import { unsentOf } from "../outbox/store.ts";

export class OutboxSign extends HTMLElement {
  private readonly refresh = (): void => void this.show();

  connectedCallback(): void {
    document.addEventListener("outbox-change", this.refresh);
  }

  disconnectedCallback(): void {
    document.removeEventListener("outbox-change", this.refresh);
  }

  private async show(): Promise<void> {
    const count = (await unsentOf(account)).length;
    if (!count) return this.replaceChildren();
    const button = make("button", { type: "button", class: "button small", title: word("outbox_hint") }, icon("upload"), word("outbox", { n: count }));
    button.addEventListener("click", () => void sendAll());
    this.replaceChildren(button);
  }
}

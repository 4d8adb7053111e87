/** `<live-sign>`: whether what the page shows is live, late or cut off; by word and shape. */

import { status, type LiveStatus } from "../live/client.ts";
import { icon, word } from "../page.ts";

const SHAPES = { connecting: "live-late", on: "live-on", late: "live-late", offline: "live-offline", "signed-out": "live-offline" };
const WORDS = { connecting: "connecting", on: "live", late: "late", offline: "offline", "signed-out": "signed_out" };

export class LiveSign extends HTMLElement {
  private readonly hear = (event: CustomEvent<LiveStatus>): void => this.show(event.detail);

  connectedCallback(): void {
    if (this.hasAttribute("data-fixed")) {
      const state = (this.dataset["state"] ?? "on") as LiveStatus["state"];
      return this.show({ state, lag: Number(this.dataset["lag"] ?? 0) * 1000 });
    }
    document.addEventListener("live-state", this.hear);
    this.show(status);
  }

  disconnectedCallback(): void {
    document.removeEventListener("live-state", this.hear);
  }

  private show({ state, lag }: LiveStatus): void {
    const said = word(WORDS[state], { n: Math.round(lag / 1000) });
    if (this.textContent === said) return;
    this.dataset["state"] = state;
    this.replaceChildren(icon(SHAPES[state]), said);
  }
}

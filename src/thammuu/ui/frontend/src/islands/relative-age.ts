/** `<relative-age><time datetime>`: keeps "12 min" current; one timer for the page. */

import { ageText } from "../ages.ts";
import { present } from "../device-clock.ts";
import { word } from "../page.ts";

const shown = new Set<RelativeAge>();
let timer: ReturnType<typeof setInterval> | undefined;

function refresh(): void {
  const now = present();
  for (const age of shown) age.refresh(now);
}

export class RelativeAge extends HTMLElement {
  private time: HTMLTimeElement | null = null;

  connectedCallback(): void {
    this.time = this.querySelector("time");
    shown.add(this);
    timer ??= setInterval(refresh, 15_000);
  }

  disconnectedCallback(): void {
    shown.delete(this);
  }

  refresh(now: number): void {
    if (!this.time) return;
    const text = ageText(Date.parse(this.time.dateTime), now, word);
    if (this.time.textContent !== text) this.time.textContent = text;
  }
}

/** This device's clock beside the server's: ages are counted by the server's, what is sent says this one's, and who looks is told. */

import { apartText } from "./ages.ts";
import { icon, madeAt, make, word } from "./page.ts";

/** How far they may be apart before it is said (ms); `thammuu.kernel.clock.SKEW`. */
const SKEW = 120_000;
/** Two pulses that agree so well were not held up on their way (ms). */
const AGREES = 10_000;
const FIELD = "device_time";

declare global {
  interface DocumentEventMap {
    "server-time": CustomEvent<number>;
  }
}

let apart = apartAtLoad();
let last = apart;
let notice: HTMLElement | null = null;

/** Return the server's present time (ms), as well as it is known here. */
export function present(): number {
  return Date.now() - apart;
}

/** Return what this device's clock shows, as it is sent. */
export function deviceTime(): string {
  return new Date().toISOString();
}

/** The page was made just before its first byte came; one out of the browser's cache was made at any time. */
function apartAtLoad(): number {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (!visit || !visit.transferSize || Number.isNaN(madeAt)) return 0;
  return Date.now() - (performance.now() - visit.responseStart) - madeAt;
}

function hear(server: number): void {
  const heard = Date.now() - server;
  if (Math.abs(heard - last) <= AGREES) {
    apart = heard;
    show();
  }
  last = heard;
}

function show(): void {
  const text = Math.abs(apart) > SKEW ? word(apart > 0 ? "clock_ahead" : "clock_behind", { span: apartText(apart, word) }) : "";
  if ((notice?.textContent ?? "") === text) return;
  notice?.remove();
  notice = text ? make("div", { class: "notice caution clock-notice", role: "status" }, icon("status-caution"), make("p", {}, text)) : null;
  if (!notice) return;
  const head = document.querySelector(".floor-board > .panel-head");
  if (head) head.after(notice);
  else document.querySelector("main > div, main")?.prepend(notice);
}

/** A form that the browser sends by itself says the time in a field; what a script sends, in a header. */
function stamp(event: SubmitEvent): void {
  const form = event.target;
  if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.method !== "post") return;
  const field = form.querySelector<HTMLInputElement>(`input[name=${FIELD}]`) ?? make("input", { type: "hidden", name: FIELD });
  field.value = deviceTime();
  form.append(field);
}

export function watchClock(): void {
  show();
  document.addEventListener("server-time", ({ detail }) => hear(detail));
  document.addEventListener("submit", stamp);
}

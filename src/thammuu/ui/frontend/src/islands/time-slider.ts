/**
 * `<time-slider start="ISO" end="ISO">` around a GET form with `input[type=datetime-local]` (the form alternative) and
 * `input[type=range]`: the range moves in minutes of the span; letting go asks for that minute. Buttons `data-step="-15"` move by minutes.
 */

const MINUTE = 60_000;

export class TimeSlider extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    const field = this.querySelector<HTMLInputElement>("input[type=datetime-local]");
    const range = this.querySelector<HTMLInputElement>("input[type=range]");
    if (!form || !field || !range) return;
    const start = localMinute(this.getAttribute("start") ?? "");
    const end = localMinute(this.getAttribute("end") ?? "");
    range.min = "0";
    range.max = String(end - start);
    range.step = "1";
    range.hidden = false;
    const place = (): void => {
      if (field.value) range.value = String(localMinute(field.value) - start);
      range.setAttribute("aria-valuetext", field.value.replace("T", " "));
    };
    const choose = (minute: number): void => {
      field.value = showLocal(Math.min(end, Math.max(start, minute)));
      place();
    };
    place();
    range.addEventListener("input", () => choose(start + Number(range.value)));
    range.addEventListener("change", () => form.requestSubmit());
    this.addEventListener("click", (event) => {
      const step = (event.target as Element).closest<HTMLElement>("[data-step]")?.dataset["step"];
      if (!step) return;
      choose((field.value ? localMinute(field.value) : end) + Number(step));
      form.requestSubmit();
    });
  }
}

/** Wall-clock minutes of "2026-11-23T19:40", in the organisation's zone as the server wrote them; the device's zone plays no part. */
function localMinute(text: string): number {
  return Math.floor(Date.parse(`${text.slice(0, 16)}Z`) / MINUTE);
}

function showLocal(minute: number): string {
  return new Date(minute * MINUTE).toISOString().slice(0, 16);
}

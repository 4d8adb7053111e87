/**
 * `<live-parts every="10">`: fetches its page again every so many seconds and puts in those `[data-part]`s that changed.
 * Nothing moves under a reader: a part with the focus, a selection, typed words or an open form waits for the next time; what
 * was folded open stays open. It rests while the page is hidden. Without a script the page is as it was loaded.
 */

import { keepOpen, partsOf } from "../parts.ts";
import { markup } from "../trusted.ts";

export class LiveParts extends HTMLElement {
  private timer: ReturnType<typeof setInterval> | undefined;

  connectedCallback(): void {
    const seconds = Number(this.getAttribute("every")) || 10;
    this.timer = setInterval(() => void this.refresh(), seconds * 1000);
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
  }

  private async refresh(): Promise<void> {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      this.take(new DOMParser().parseFromString(markup(await answer.text()), "text/html"));
    } catch {
      // Cut off: the live sign says so, and the next time may be better.
    }
  }

  private take(page: Document): void {
    const fresh = partsOf(page);
    for (const [name, part] of partsOf(this)) {
      const next = fresh.get(name);
      if (!next || this.isInUse(part)) continue;
      keepOpen(part, next);
      if (next.innerHTML !== part.innerHTML) part.replaceChildren(...next.childNodes);
    }
  }

  private isInUse(part: Element): boolean {
    const selection = getSelection();
    const selected = !!selection && !selection.isCollapsed && selection.containsNode(part, true);
    const typed = [...part.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
    return selected || typed || part.contains(document.activeElement) || part.querySelector("[data-held]") !== null;
  }
}

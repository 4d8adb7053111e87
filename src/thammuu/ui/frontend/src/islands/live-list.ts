/**
 * `<live-list target="log" order="desc" lane="…">`: rows that the stream puts in, replaces or takes away.
 *
 * The rows' parent is the first `ul`, `ol` or `tbody` inside (else the element itself); a row's `id` is its
 * fragment's key, `data-sort` its place. It never yanks: new rows wait behind "N new" while the reader has scrolled, holds the
 * focus inside, selects text here, or has the pointer pressed. With `own`, it turns to where new rows come in as soon as the
 * reader files a line: that line is what he looks for next.
 */

import type { Fragment, LiveEntry } from "../live/messages.ts";
import { icon, isTyping, make, word } from "../page.ts";
import { markup } from "../trusted.ts";
import { placeBefore } from "../live/order.ts";

export class LiveList extends HTMLElement {
  private waiting = new Map<string, Fragment>();
  private readonly leaving = new Set<HTMLElement>();
  private pill: HTMLButtonElement | null = null;
  private readonly hear = (event: CustomEvent<LiveEntry[]>): void => {
    const target = this.getAttribute("target");
    const mine = event.detail.flatMap((entry) => entry.fragments).filter((fragment) => fragment.target === target);
    for (const fragment of mine) this.take(fragment);
    if (mine.length) this.afterwards();
  };
  private readonly settle = (): void => {
    if (this.waiting.size + this.leaving.size && !this.isRead()) this.release();
  };
  private readonly showOwn = (): void => {
    if (this.hasAttribute("own")) this.turnToNew();
  };

  connectedCallback(): void {
    this.addEventListener("keydown", (event) => this.walk(event));
    this.dataset["order"] = this.order;
    document.addEventListener("live-entries", this.hear);
    document.addEventListener("line-filed", this.showOwn);
    this.scroller.addEventListener("scroll", this.settle, { passive: true });
    (this.closest(".lanes") ?? this).addEventListener("focusout", () => setTimeout(this.settle));
  }

  disconnectedCallback(): void {
    document.removeEventListener("live-entries", this.hear);
    document.removeEventListener("line-filed", this.showOwn);
  }

  /** Put in everything that waits. */
  release(): void {
    const fragments = [...this.waiting.values()];
    this.waiting.clear();
    for (const row of this.leaving) row.remove();
    this.leaving.clear();
    for (const fragment of fragments) this.put(fragment);
    this.afterwards();
  }

  get order(): "asc" | "desc" {
    return this.getAttribute("order") === "asc" ? "asc" : "desc";
  }

  private get rows(): HTMLElement {
    return this.querySelector<HTMLElement>("ul, ol, tbody") ?? this;
  }

  private get scroller(): HTMLElement | Document {
    for (let box: HTMLElement | null = this; box; box = box.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(box).overflowY) && box !== document.body) return box;
    }
    return document;
  }

  private take(fragment: Fragment): void {
    const present = this.own(fragment.key);
    const lane = fragment.data?.["lane"];
    const mine = fragment.html !== "" && (lane === undefined || lane === (this.getAttribute("lane") ?? lane));
    if (!mine) {
      this.waiting.delete(fragment.key);
      if (present) this.dismiss(present);
    } else if (present && !this.moves(present, fragment)) {
      this.replace(present, fragment);
    } else if (this.isRead()) {
      // A row that moves leaves its place only when it is let in again; until then it shows its new content.
      if (present) this.replace(present, { ...fragment, sort: present.dataset["sort"] ?? "" });
      this.waiting.set(fragment.key, fragment);
    } else {
      this.put(fragment);
    }
  }

  private own(key: string): HTMLElement | null {
    return this.querySelector<HTMLElement>(`#${CSS.escape(key)}`);
  }

  /** A row that belongs here no longer goes at once, unless that would move what is being read. */
  private dismiss(row: HTMLElement): void {
    if (!this.isRead()) return row.remove();
    row.removeAttribute("id");
    row.classList.add("leaving");
    this.leaving.add(row);
  }

  private moves(present: HTMLElement, fragment: Fragment): boolean {
    return (present.dataset["sort"] ?? "") !== fragment.sort;
  }

  private put(fragment: Fragment): void {
    const row = parse(fragment);
    if (!row) return;
    const present = this.own(fragment.key);
    const focus = present ? focusPath(present) : null;
    present?.remove();
    const siblings = [...this.rows.children].filter((child): child is HTMLElement => child instanceof HTMLElement && child.dataset["sort"] !== undefined);
    const place = placeBefore(siblings.map((child) => child.dataset["sort"] ?? ""), fragment.sort, this.order);
    const next = siblings[place] ?? null;
    if (next) next.before(row);
    else this.rows.append(row);
    row.classList.add("fresh");
    if (focus !== null) restoreFocus(row, focus);
  }

  private replace(present: HTMLElement, fragment: Fragment): void {
    const row = parse(fragment);
    if (!row) return;
    const focus = focusPath(present);
    present.replaceWith(row);
    row.classList.add("fresh");
    if (focus !== null) restoreFocus(row, focus);
  }

  /** Say whether someone reads or works here, so that nothing may move. */
  private isRead(): boolean {
    // Lanes flow from column to column, so a reader of one lane holds them all.
    const together = this.closest(".lanes") ?? this;
    if (together.contains(document.activeElement) && !document.activeElement?.matches("[data-new-rows]")) return true;
    const selection = getSelection();
    if (selection && !selection.isCollapsed && selection.anchorNode && together.contains(selection.anchorNode)) return true;
    const scroller = this.scroller;
    if (this.order === "asc") {
      const box = scroller instanceof Document ? document.documentElement : scroller;
      return box.scrollHeight - box.clientHeight - box.scrollTop > 40;
    }
    return scroller instanceof Document ? this.getBoundingClientRect().top < 0 : scroller.scrollTop > 8;
  }

  private afterwards(): void {
    this.showPill();
    this.count();
    const empty = this.querySelector<HTMLElement>("[data-when-empty]");
    if (empty) empty.hidden = this.rows.querySelector(":scope > [data-sort]") !== null;
  }

  private showPill(): void {
    const added = [...this.waiting.keys()].filter((key) => !this.own(key)).length || this.waiting.size;
    if (!this.waiting.size) {
      this.pill?.remove();
      this.pill = null;
      return;
    }
    this.pill ??= this.makePill();
    this.pill.replaceChildren(icon(this.order === "asc" ? "arrow-down" : "arrow-up"), word("new", { n: added }));
  }

  private makePill(): HTMLButtonElement {
    const pill = make("button", { type: "button", class: "new-pill", "data-new-rows": "" });
    pill.addEventListener("click", () => this.turnToNew());
    if (this.order === "asc") this.append(pill);
    else this.prepend(pill);
    return pill;
  }

  /** Let everything in and scroll to where it comes in. */
  private turnToNew(): void {
    this.release();
    const scroller = this.scroller;
    if (scroller instanceof Document) this.scrollIntoView({ block: this.order === "asc" ? "end" : "start" });
    else scroller.scrollTop = this.order === "asc" ? scroller.scrollHeight : 0;
  }

  /** Arrow keys go from row to row while a row's link has the focus. */
  private walk(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const target = event.target;
    if (!step || isTyping(event) || !(target instanceof HTMLElement) || target === this.pill) return;
    const links = [...this.rows.querySelectorAll<HTMLElement>(":scope > [data-sort] :is(a.row-title, th a)")];
    const from = links.findIndex((link) => link.closest("[data-sort]") === target.closest("[data-sort]"));
    const next = links[from + step];
    if (from < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }

  /** Counts follow: of this lane ("board/critical"), and of the whole target ("board"). */
  private count(): void {
    const target = this.getAttribute("target") ?? "";
    const lane = this.getAttribute("lane");
    if (lane) showCount(`${target}/${lane}`, this.size);
    const all = [...document.querySelectorAll<LiveList>(`live-list[target="${CSS.escape(target)}"]`)];
    showCount(target, all.reduce((sum, list) => sum + list.size, 0));
  }

  private get size(): number {
    return this.rows.querySelectorAll(":scope > [data-sort]:not(.leaving)").length;
  }
}

function showCount(name: string, count: number): void {
  for (const sign of document.querySelectorAll(`[data-count-of="${CSS.escape(name)}"]`)) sign.textContent = String(count);
}

function parse(fragment: Fragment): HTMLElement | null {
  const holder = document.createElement("template");
  holder.innerHTML = markup(fragment.html.trim());
  const row = holder.content.firstElementChild;
  if (!(row instanceof HTMLElement)) return null;
  row.id = fragment.key;
  row.dataset["sort"] = fragment.sort;
  for (const [name, value] of Object.entries(fragment.data ?? {})) row.setAttribute(`data-${name}`, value);
  return row;
}

/** Remember which focusable element of a row has the focus, by its order among the row's focusable elements. */
function focusPath(row: HTMLElement): number | null {
  const index = focusable(row).indexOf(document.activeElement as HTMLElement);
  return index < 0 ? null : index;
}

function restoreFocus(row: HTMLElement, index: number): void {
  const all = focusable(row);
  (all[index] ?? all[0])?.focus({ preventScroll: true });
}

function focusable(row: HTMLElement): HTMLElement[] {
  return [...row.querySelectorAll<HTMLElement>("a[href], button, input, select, textarea, [tabindex]")];
}

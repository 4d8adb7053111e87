/** What the server told the scripts of this page: words, icons, pages, the account. */

export interface NavItem {
  label: string;
  url: string;
  icon: string;
  keys: string;
  page: boolean;
}

interface PageData {
  now: string;
  sprite: string;
  zone: string;
  words: Record<string, string>;
  nav: NavItem[];
}

const block = document.getElementById("page-data");
const data: PageData = block?.textContent ? JSON.parse(block.textContent) : { now: "", sprite: "", zone: "Asia/Ho_Chi_Minh", words: {}, nav: [] };

/** When the server made this page (ms), NaN where it is not told. */
export const madeAt = Date.parse(data.now);
export const nav = data.nav;
export const language = document.documentElement.lang || "vi";
export const account = document.body.dataset["account"] ?? "";

/** Return a word of the page's language with its `{names}` filled in. */
export function word(key: string, values: Record<string, string | number> = {}): string {
  return (data.words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Show an instant's hour and minute in the organisation's zone, whatever the device's. */
export function clockText(instant: number): string {
  return new Date(instant).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", timeZone: data.zone });
}

/** Make an icon of the sprite; decoration, so the words beside it must say the same. */
export function icon(name: string): SVGSVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `${data.sprite}#${name}`);
  svg.append(use);
  return svg;
}

/** Make an element with properties and children; text goes in as text, never as markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Say whether keys are going into a field or an input method is composing (Telex, VNI): then they are no shortcut. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.isComposing || event.keyCode === 229) return true;
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || (target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "range"].includes(target.type)) ||
      target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
  );
}

/** Mirror of localStorage that never throws (private windows, full disks). */
export const memory = {
  get(key: string): string | null {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set(key: string, value: string): boolean {
    try {
      localStorage.setItem(key, value);
      return true;
    } catch {
      return false;
    }
  },
  remove(key: string): void {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was stored either.
    }
  },
};

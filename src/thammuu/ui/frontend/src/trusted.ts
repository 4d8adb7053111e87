/**
 * What the page's policy (`trusted-types thammuu default`) lets become markup or a program. Text becomes markup in one way only, `markup`, for what the
 * installation's own pages answer; whatever else tries is stopped by the browser. A worker starts from the built scripts, or is the one
 * that receives what is pushed, and from nowhere else.
 */

interface Policy {
  createHTML(text: string): string;
}

interface Rules {
  createHTML?: (text: string) => string;
  createScriptURL?: (url: string) => string;
}

const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Rules): Policy } }).trustedTypes;
/** The one script that has the same address in every release (`thammuu.ui.web.worker`). */
const PUSH_WORKER = "/worker.js";
const home = new URL(import.meta.url.slice(0, import.meta.url.lastIndexOf("/") + 1));

factory?.createPolicy("default", {
  createScriptURL: (text) => {
    const url = new URL(text, location.href);
    if (url.origin === home.origin && (url.pathname.startsWith(home.pathname) || url.pathname === PUSH_WORKER)) return text;
    throw new TypeError(`${url.href} is none of this installation's scripts`);
  },
});
const own = factory?.createPolicy("thammuu", { createHTML: (text) => text });

/** Mark what one of our own pages answered, so that it may be read as markup. */
export function markup(text: string): string {
  return own ? own.createHTML(text) : text;
}

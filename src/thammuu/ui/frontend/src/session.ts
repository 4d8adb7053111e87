/** The session's end and return: nothing typed is lost, and a sign-in in another tab is enough. */

import { account, icon, make, word } from "./page.ts";
import { markup } from "./trusted.ts";

declare global {
  interface DocumentEventMap {
    "session-back": CustomEvent<undefined>;
    "outbox-change": CustomEvent<undefined>;
    "line-filed": CustomEvent<undefined>;
  }
}

const tabs = "BroadcastChannel" in window ? new BroadcastChannel("thammuu session") : null;
let banner: HTMLElement | null = null;

/** Return the guard against forged requests that this page's forms carry. */
export function token(): string {
  return document.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** Fetch a new guard after another sign-in and put it into every form of the page. */
export async function freshToken(): Promise<string> {
  try {
    const answer = await fetch("/style/", { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(markup(await answer.text()), "text/html");
    const value = page.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
    if (value) for (const input of document.querySelectorAll<HTMLInputElement>("input[name=csrfmiddlewaretoken]")) input.value = value;
    return value;
  } catch {
    return token();
  }
}

export function sessionEnded(): void {
  const link = make("a", { class: "button", href: "/sign-in/?next=/", target: "_blank", rel: "noopener" }, icon("log-in"), word("sign_in"));
  show("serious", word("session_over"), link);
}

function sessionBack(): void {
  banner?.remove();
  banner = null;
  void freshToken().then(() => document.dispatchEvent(new CustomEvent("session-back")));
}

function stale(): void {
  const button = make("button", { type: "button", class: "button" }, icon("refresh-cw"), word("reload"));
  button.addEventListener("click", () => location.reload());
  show("caution", word("stale"), button);
}

function show(tone: string, text: string, action: HTMLElement): void {
  banner?.remove();
  banner = make("div", { class: `notice page-notice ${tone}`, role: "alert" }, icon(`status-${tone}`), make("div", {}, make("p", {}, text)), action);
  document.querySelector("main")?.before(banner);
}

export function watchSession(): void {
  tabs?.addEventListener("message", ({ data }: MessageEvent<{ account: string }>) => {
    if (!account || !data.account) return;
    if (data.account !== account) stale();
    else if (banner) sessionBack();
  });
  if (account) tabs?.postMessage({ account });
  document.addEventListener("live-state", ({ detail }) => {
    if (detail.state === "signed-out") sessionEnded();
    else if (detail.state === "on" && banner) sessionBack();
  });
  document.addEventListener("live-reset", stale);
}

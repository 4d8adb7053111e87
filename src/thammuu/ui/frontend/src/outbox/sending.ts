/** Sending what waits: at once, then again when the network, the session or the server is back. Stored once, whatever happens. */

import { deviceTime } from "../device-clock.ts";
import { account } from "../page.ts";
import { sessionEnded, freshToken, token } from "../session.ts";
import { markup } from "../trusted.ts";
import { judge, type Outcome } from "./answer.ts";
import { drop, keep, unsentOf, type Unsent } from "./store.ts";

const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 30_000;

let wait = FIRST_WAIT;
let retry: ReturnType<typeof setTimeout> | undefined;
const sending = new Set<string>();

/** Told after each change: how many wait or were refused. */
export function changed(): void {
  document.dispatchEvent(new CustomEvent("outbox-change"));
}

/** Keep an item, then send it. Resolves to what became of it at the first try. */
export async function post(item: Unsent): Promise<Outcome> {
  await keep(item);
  changed();
  return sendOne(item);
}

/** Send everything that waits, oldest first; one tab at a time. */
export async function sendAll(): Promise<void> {
  clearTimeout(retry);
  const work = async (): Promise<void> => {
    for (const item of await unsentOf(account)) {
      if (item.refused) continue;
      const { kind } = await sendOne(item);
      if (kind === "wait" || kind === "signed-out") break;
    }
  };
  if ("locks" in navigator) await navigator.locks.request("thammuu outbox", { ifAvailable: true }, (lock) => (lock ? work() : undefined));
  else await work();
}

async function sendOne(item: Unsent): Promise<Outcome> {
  if (sending.has(item.submission)) return { kind: "wait" };
  sending.add(item.submission);
  try {
    let outcome = await request(item, token());
    if (outcome.kind === "stale") outcome = await request(item, await freshToken());
    await settle(item, outcome);
    return outcome;
  } finally {
    sending.delete(item.submission);
    changed();
  }
}

async function settle(item: Unsent, outcome: Outcome): Promise<void> {
  if (outcome.kind === "taken") {
    wait = FIRST_WAIT;
    await drop(item.submission);
  } else if (outcome.kind === "refused") {
    await keep({ ...item, refused: outcome.reason || "?" });
  } else {
    if (outcome.kind !== "wait") sessionEnded();
    clearTimeout(retry);
    retry = setTimeout(() => void sendAll(), wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }
}

async function request(item: Unsent, csrf: string): Promise<Outcome> {
  try {
    const answer = await fetch(item.action, {
      method: "POST",
      body: bodyOf(item.fields),
      redirect: "manual",
      headers: { Accept: "application/json", "X-CSRFToken": csrf, "Device-Time": deviceTime() },
    });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json") ?? false;
    const text = answer.type === "opaqueredirect" ? "" : await answer.text();
    const outcome = judge({ status: answer.status, type: answer.type, body: text, isJson });
    return outcome.kind === "refused" && !isJson ? { kind: "refused", reason: readFaults(text) } : outcome;
  } catch {
    return { kind: "wait" };
  }
}

/** Only files need the costly form of many parts. */
function bodyOf(fields: Unsent["fields"]): FormData | URLSearchParams {
  const plain = fields.filter((field): field is [string, string] => typeof field[1] === "string");
  if (plain.length === fields.length) return new URLSearchParams(plain);
  const parts = new FormData();
  for (const [name, value] of fields) parts.append(name, value);
  return parts;
}

/** A form that comes back as a page says in its summary what is wrong. */
function readFaults(page: string): string {
  const summary = new DOMParser().parseFromString(markup(page), "text/html");
  return [...summary.querySelectorAll(".error-summary li")].map((each) => each.textContent?.trim()).join(" · ");
}

export function watchOutbox(): void {
  if (!account) return;
  addEventListener("online", () => void sendAll());
  document.addEventListener("session-back", () => void sendAll());
  document.addEventListener("live-state", ({ detail }) => detail.state === "on" && void sendAll());
  void sendAll().then(changed);
}

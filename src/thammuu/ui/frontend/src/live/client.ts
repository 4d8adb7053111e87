/** The page's end of the stream. Islands listen on the document: `live-entries`, `live-state`, `live-reset`. */

import { account, language } from "../page.ts";
import type { FromStream, LiveEntry, LiveState } from "./messages.ts";
import { parsePlace } from "./position.ts";
import { Stream } from "./stream.ts";

export interface LiveStatus {
  state: LiveState;
  lag: number;
}

declare global {
  interface DocumentEventMap {
    "live-entries": CustomEvent<LiveEntry[]>;
    "live-state": CustomEvent<LiveStatus>;
    "live-reset": CustomEvent<undefined>;
  }
}

export let status: LiveStatus = { state: "connecting", lag: 0 };

function hear(message: FromStream): void {
  if (message.type === "entries") {
    document.dispatchEvent(new CustomEvent("live-entries", { detail: message.entries }));
  } else if (message.type === "state") {
    status = { state: message.state, lag: message.lag };
    document.dispatchEvent(new CustomEvent("live-state", { detail: status }));
  } else if (message.type === "clock") {
    document.dispatchEvent(new CustomEvent("server-time", { detail: message.now }));
  } else {
    document.dispatchEvent(new CustomEvent("live-reset"));
  }
}

function openShared(url: string, since: string): void {
  // One worker for each account and language: a stream's content is in one language and for one scope.
  const worker = new SharedWorker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    name: `thammuu ${account} ${language}`,
  });
  const { port } = worker;
  port.addEventListener("message", ({ data }: MessageEvent<FromStream>) => hear(data));
  port.start();
  port.postMessage({ type: "open", url, since });
  addEventListener("pagehide", () => port.postMessage({ type: "close" }));
  // A page taken back from the browser's history has missed what came meanwhile.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

function openOwn(url: string, since: string): void {
  const stream = new Stream(url, parsePlace(since), hear);
  stream.open();
  addEventListener("pagehide", () => stream.close());
}

export function connect(): void {
  const { stream, streamPosition } = document.body.dataset;
  if (!stream || !streamPosition) return;
  const url = new URL(stream, location.href).href;
  if ("SharedWorker" in window) openShared(url, streamPosition);
  else openOwn(url, streamPosition);
}

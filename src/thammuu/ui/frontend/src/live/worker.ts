/** The shared worker: one stream for every tab of the browser, since a browser opens only six connections to a host. */

import type { FromStream, ToWorker } from "./messages.ts";
import { isBefore, parsePlace, type StreamPlace } from "./position.ts";
import { Stream } from "./stream.ts";

interface Tab {
  port: MessagePort;
  place: StreamPlace;
}

const tabs = new Set<Tab>();
let stream: Stream | null = null;

function pass(message: FromStream): void {
  for (const tab of tabs) {
    if (message.type !== "entries") {
      tab.port.postMessage(message);
      continue;
    }
    const entries = message.entries.filter((entry) => entry.position > tab.place.position);
    const last = entries.at(-1);
    if (!last) continue;
    tab.place = { ...tab.place, position: last.position };
    tab.port.postMessage({ type: "entries", entries } satisfies FromStream);
  }
}

/** A tab whose page is older than what the stream has passed makes it start again from there; the others skip what they have. */
function join(tab: Tab, url: string): void {
  tabs.add(tab);
  if (!stream) {
    stream = new Stream(url, tab.place, pass);
    stream.open();
  } else if (isBefore(tab.place, stream.place) || tab.place.epoch > stream.place.epoch) {
    stream.place = tab.place;
    stream.open();
  } else {
    tab.port.postMessage({ type: "state", state: stream.state, lag: stream.lag } satisfies FromStream);
  }
}

function leave(tab: Tab): void {
  tabs.delete(tab);
  if (tabs.size === 0) {
    stream?.close();
    stream = null;
  }
}

addEventListener("connect", (event) => {
  const port = (event as MessageEvent).ports[0];
  if (!port) return;
  const tab: Tab = { port, place: { epoch: 0, position: 0 } };
  port.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
    if (data.type === "close") return leave(tab);
    tab.place = parsePlace(data.since);
    join(tab, data.url);
  });
  port.start();
});

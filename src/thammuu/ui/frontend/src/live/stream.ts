/** One stream to the server, kept open: it resumes behind the last position, backs off, and tells its state. */

import { LATE, SILENT, type FromStream, type LiveEntry, type LiveState, type Pulse } from "./messages.ts";
import { showPlace, type StreamPlace } from "./position.ts";

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10_000;

export class Stream {
  readonly url: string;
  place: StreamPlace;
  state: LiveState = "connecting";
  lag = 0;
  private readonly tell: (message: FromStream) => void;
  private source: EventSource | null = null;
  private greeted = false;
  private wait = FIRST_WAIT;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;

  constructor(url: string, place: StreamPlace, tell: (message: FromStream) => void) {
    this.url = url;
    this.place = place;
    this.tell = tell;
  }

  open(): void {
    this.close();
    this.greeted = false;
    const source = new EventSource(`${this.url}?since=${showPlace(this.place)}`);
    this.source = source;
    source.addEventListener("open", () => {
      this.wait = FIRST_WAIT;
      this.listenForSilence();
    });
    source.addEventListener("entries", (event) => this.take(JSON.parse(event.data) as LiveEntry[]));
    source.addEventListener("pulse", (event) => this.pulse(JSON.parse(event.data) as Pulse));
    source.addEventListener("reset", () => {
      this.close();
      this.tell({ type: "reset" });
    });
    source.addEventListener("error", () => void this.lost());
  }

  close(): void {
    this.source?.close();
    this.source = null;
    clearTimeout(this.retry);
    clearTimeout(this.silence);
  }

  private take(entries: LiveEntry[]): void {
    const fresh = entries.filter((entry) => entry.position > this.place.position);
    const last = fresh.at(-1);
    if (last) this.place = { ...this.place, position: last.position };
    if (fresh.length) this.tell({ type: "entries", entries: fresh });
    this.listenForSilence();
    if (this.state !== "late") this.become("on", this.lag);
  }

  /** The first pulse comes before what was missed; behind every later one nothing is owed, also of what this reader may not see. */
  private pulse(pulse: Pulse): void {
    this.listenForSilence();
    if (this.greeted && pulse.position > this.place.position) this.place = { ...this.place, position: pulse.position };
    this.greeted = true;
    this.tell({ type: "clock", now: Date.parse(pulse.now) });
    this.become(pulse.lag_ms > LATE ? "late" : "on", pulse.lag_ms);
  }

  private listenForSilence(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => void this.lost(), SILENT);
  }

  private async lost(): Promise<void> {
    this.close();
    const wait = this.wait;
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    this.become((await this.isSignedOut()) ? "signed-out" : "offline", 0);
    this.retry = setTimeout(() => this.open(), wait * (0.5 + Math.random()));
  }

  /** EventSource hides the status of a refusal, so ask once more for the head of the answer alone. */
  private async isSignedOut(): Promise<boolean> {
    const stop = new AbortController();
    try {
      const answer = await fetch(`${this.url}?since=${showPlace(this.place)}`, {
        redirect: "manual",
        signal: stop.signal,
        headers: { Accept: "text/event-stream" },
      });
      return answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect";
    } catch {
      return false;
    } finally {
      stop.abort();
    }
  }

  private become(state: LiveState, lag: number): void {
    if (state === this.state && lag === this.lag) return;
    this.state = state;
    this.lag = lag;
    this.tell({ type: "state", state, lag });
  }
}

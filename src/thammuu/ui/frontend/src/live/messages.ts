/** The stream's contract, and what the shared worker and its pages say to each other. */

export interface Fragment {
  target: string;
  key: string;
  html: string;
  sort: string;
  data?: Record<string, string>;
}

export interface LiveEntry {
  position: number;
  entry: string;
  kind: string;
  subject: [string, string];
  at: string;
  fragments: Fragment[];
}

export interface Pulse {
  position: number;
  lag_ms: number;
  now: string;
}

export type LiveState = "connecting" | "on" | "late" | "offline" | "signed-out";

export type FromStream =
  | { type: "entries"; entries: LiveEntry[] }
  | { type: "state"; state: LiveState; lag: number }
  | { type: "clock"; now: number }
  | { type: "reset" };

export type ToWorker = { type: "open"; url: string; since: string } | { type: "close" };

/** Sealed later than this, the board is late (ms). */
export const LATE = 3_000;
/** Without a pulse for this long, the board is offline (ms); pulses come every 5 s. */
export const SILENT = 12_000;

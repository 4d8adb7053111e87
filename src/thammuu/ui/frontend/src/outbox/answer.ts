/** What an answer to a sent item means. */

export type Outcome = { kind: "taken" } | { kind: "wait" } | { kind: "signed-out" } | { kind: "stale" } | { kind: "refused"; reason: string };

interface Answer {
  status: number;
  type: string;
  body: string;
  isJson: boolean;
}

/** A redirect is how a form is answered once it is stored; 401 says that the session has ended. */
export function judge(answer: Answer): Outcome {
  const { status, type } = answer;
  if (type === "opaqueredirect" || (status >= 200 && status < 400)) return { kind: "taken" };
  if (status === 401) return { kind: "signed-out" };
  if (status === 0 || status === 408 || status === 425 || status === 429 || status >= 500) return { kind: "wait" };
  const told = answer.isJson ? (JSON.parse(answer.body) as { code?: string; reason?: string }) : {};
  if (told.code === "stale") return { kind: "stale" };
  return { kind: "refused", reason: told.reason ?? "" };
}

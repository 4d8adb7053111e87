/** The words of an age and of how far a clock is off; the same rules as `thammuu.ui.ages` on the server. */

export type Say = (key: string, values?: Record<string, string | number>) => string;

export function ageText(instant: number, now: number, say: Say): string {
  const span = spanText(Math.abs(now - instant) / 1000, say);
  if (!span) return say("now");
  return now > instant ? span : say("in", { span });
}

function spanText(seconds: number, say: Say): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return "";
  if (minutes < 120) return say("minutes", { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return say("hours", { n: hours });
  const days = Math.floor(hours / 24);
  return say(days === 1 ? "day" : "days", { n: days });
}

/** Say how far apart two clocks are, given in milliseconds, to the nearest minute. */
export function apartText(apart: number, say: Say): string {
  const minutes = Math.round(Math.abs(apart) / 60_000);
  const hours = Math.floor(minutes / 60);
  if (minutes < 60) return say("minutes", { n: minutes });
  if (hours < 24) return say("hours_minutes", { h: hours, m: minutes % 60 });
  return say("days_hours", { d: Math.floor(hours / 24), h: hours % 24 });
}

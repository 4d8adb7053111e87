/** The words of an age; the same rule as `thammuu.ui.ages` on the server. */

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

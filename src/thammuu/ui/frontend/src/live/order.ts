/** Where a row belongs among rows already in order. */

/** Return the index of the first row that `sort` comes before; the rows' number if it comes last. Equal keys stay as they came. */
export function placeBefore(sorts: readonly string[], sort: string, order: "asc" | "desc"): number {
  const found = sorts.findIndex((other) => (order === "asc" ? sort < other : sort > other));
  return found < 0 ? sorts.length : found;
}

/** Matching with and without diacritics, so that "vu viec" finds "Vụ việc". */

export function foldText(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase().trim();
}

/** Return the items whose label holds every typed word, those whose words begin with it first. */
export function rank<T>(items: readonly T[], typed: string, label: (item: T) => string): T[] {
  const words = foldText(typed).split(/\s+/).filter(Boolean);
  const scored = items.map((item, index) => ({ item, index, score: score(foldText(label(item)), words) }));
  return scored.filter((each) => each.score > 0).sort((a, b) => b.score - a.score || a.index - b.index).map((each) => each.item);
}

function score(label: string, words: readonly string[]): number {
  let total = 1;
  for (const word of words) {
    if (label.startsWith(word)) total += 3;
    else if (label.split(/[\s,.\-/]+/).some((part) => part.startsWith(word))) total += 2;
    else if (label.includes(word)) total += 1;
    else return 0;
  }
  return total;
}

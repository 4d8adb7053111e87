/** Parts of a page that are put in anew. */

export function partsOf(root: ParentNode): Map<string, Element> {
  const found = new Map<string, Element>();
  for (const part of root.querySelectorAll("[data-part]")) found.set(part.getAttribute("data-part") ?? "", part);
  return found;
}

/** What the reader has folded open is open in the part that comes, too. */
export function keepOpen(shown: ParentNode, coming: ParentNode): void {
  for (const folded of shown.querySelectorAll<HTMLDetailsElement>("details[id]")) {
    const next = coming.querySelector<HTMLDetailsElement>(`details[id="${folded.id}"]`);
    if (next) next.open = folded.open;
  }
}

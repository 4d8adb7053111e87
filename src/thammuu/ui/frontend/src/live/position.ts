/** Places in the stream: "<epoch>.<position>". */

export interface StreamPlace {
  epoch: number;
  position: number;
}

export function parsePlace(text: string): StreamPlace {
  const [epoch, position] = text.split(".").map(Number);
  return { epoch: epoch ?? 0, position: position ?? 0 };
}

export function showPlace(place: StreamPlace): string {
  return `${place.epoch}.${place.position}`;
}

/** Say whether `a` comes before `b`: an older epoch, or an earlier position of the same one. */
export function isBefore(a: StreamPlace, b: StreamPlace): boolean {
  return a.epoch < b.epoch || (a.epoch === b.epoch && a.position < b.position);
}

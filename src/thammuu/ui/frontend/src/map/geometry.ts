/** Points that are set one by one, as a GeoJSON geometry (longitude first) and back. */

export type Kind = "point" | "line" | "polygon";
type Point = [number, number];

/** Return the geometry, or null while there are too few points for its kind. */
export function geometryOf(kind: Kind, points: readonly Point[]): GeoJSON.Geometry | null {
  const [first] = points;
  if (!first) return null;
  if (kind === "point") return { type: "Point", coordinates: points.at(-1) ?? first };
  if (kind === "line") return points.length < 2 ? null : { type: "LineString", coordinates: [...points] };
  return points.length < 3 ? null : { type: "Polygon", coordinates: [[...points, first]] };
}

/** Return the points of a geometry's text; null if it is none that can be drawn. */
export function pointsOf(text: string): { kind: Kind; points: Point[] } | null {
  try {
    const geometry = JSON.parse(text) as GeoJSON.Geometry;
    if (geometry.type === "Point") return { kind: "point", points: [geometry.coordinates as Point] };
    if (geometry.type === "LineString") return { kind: "line", points: geometry.coordinates as Point[] };
    if (geometry.type === "Polygon") return { kind: "polygon", points: (geometry.coordinates[0] ?? []).slice(0, -1) as Point[] };
  } catch {
    // Half-typed text is no geometry yet.
  }
  return null;
}

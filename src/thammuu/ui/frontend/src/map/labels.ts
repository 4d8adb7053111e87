/** Names on the map as HTML, so that no glyph server is needed; those that would overlap an earlier one are left out. */

import { Marker, type Map as MapView } from "maplibre-gl";
import { make, word } from "../page.ts";

interface Label {
  marker: Marker;
  box: { width: number; height: number };
  /** Pixels by which the name stands lower than its place. */
  drop: number;
  at: [number, number];
}

const FROM_ZOOM = 4.5;
const SEAS: [string, [number, number]][] = [
  ["map_sea", [113.2, 13.2]],
  ["map_hoang_sa", [112.0, 16.2]],
  ["map_truong_sa", [114.0, 9.2]],
];

export class Labels {
  private readonly view: MapView;
  private readonly names: Label[] = [];

  constructor(view: MapView) {
    this.view = view;
    for (const [key, at] of SEAS) this.marker(word(key), at, "map-sea").addTo(view);
    view.on("moveend", () => this.place());
  }

  add(features: GeoJSON.Feature[]): void {
    for (const feature of features) {
      const name = String(feature.properties?.["name"] ?? "");
      const point = feature.geometry.type === "Point";
      const at = middle(feature.geometry);
      if (name && at) this.names.push({ marker: this.marker(name, at, "map-name", point), box: { width: name.length * 6.4, height: 16 }, drop: point ? 20 : 0, at });
    }
    this.place();
  }

  /** A point's name stands below it, clear of its sign. */
  private marker(text: string, at: [number, number], kind: string, below = false): Marker {
    const element = make("span", { class: kind, "aria-hidden": "true" }, text);
    const marker = new Marker(below ? { element, anchor: "top", offset: [0, 12] } : { element }).setLngLat(at);
    element.removeAttribute("role");
    element.removeAttribute("aria-label");
    return marker;
  }

  private place(): void {
    const taken: { x: number; y: number; width: number; height: number }[] = [];
    const bounds = this.view.getBounds();
    for (const { marker, box, drop, at } of this.names) {
      const spot = this.view.project(at);
      const [x, y] = [spot.x, spot.y + drop];
      const free = taken.every((other) => Math.abs(other.x - x) * 2 > other.width + box.width || Math.abs(other.y - y) * 2 > other.height + box.height);
      if (this.view.getZoom() < FROM_ZOOM || !free || !bounds.contains(at)) {
        marker.remove();
        continue;
      }
      taken.push({ x, y, ...box });
      if (!marker.getElement().isConnected) marker.addTo(this.view);
    }
  }
}

/** A point itself, or the middle of the box around a geometry's longest ring: good enough for a name. */
function middle(geometry: GeoJSON.Geometry): [number, number] | null {
  if (geometry.type === "Point") return [geometry.coordinates[0] ?? 0, geometry.coordinates[1] ?? 0];
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];
  const ring = polygons.map((polygon) => polygon[0] ?? []).sort((a, b) => b.length - a.length)[0];
  if (!ring?.length) return null;
  const lons = ring.map((point) => point[0] ?? 0);
  const lats = ring.map((point) => point[1] ?? 0);
  return [(Math.min(...lons) + Math.max(...lons)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2];
}

/**
 * Drawing a point, line or area into a form field as GeoJSON. Every drag has a form: Enter sets a point at the cross, the arrow keys
 * move the map, and the field itself can be typed into.
 */

import type { GeoJSONSource, Map as MapView } from "maplibre-gl";
import { icon, make, word } from "../page.ts";
import { geometryOf, pointsOf, type Kind } from "./geometry.ts";

const KINDS: Record<Kind, [string, string]> = {
  point: ["map_draw_point", "map-pin"],
  line: ["map_draw_line", "spline"],
  polygon: ["map_draw_area", "pentagon"],
};

export class Drawing {
  private readonly view: MapView;
  private readonly field: HTMLTextAreaElement | HTMLInputElement;
  private readonly buttons = new Map<Kind, HTMLButtonElement>();
  private kind: Kind;
  private points: [number, number][] = [];

  constructor(view: MapView, field: HTMLTextAreaElement | HTMLInputElement, kinds: Kind[]) {
    this.view = view;
    this.field = field;
    this.kind = kinds[0] ?? "point";
    view.on("click", ({ lngLat }) => this.set([lngLat.lng, lngLat.lat]));
    view.getCanvas().addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const { lng, lat } = view.getCenter();
      this.set([lng, lat]);
    });
    field.addEventListener("change", () => this.read());
    field.form?.addEventListener("draft-restored", () => this.read());
    this.read();
  }

  /** The tools above the map. */
  bar(kinds: Kind[]): HTMLElement {
    const bar = make("div", { class: "map-tools cluster", role: "group", "aria-label": word("map_label") });
    for (const kind of kinds) {
      const [key, shape] = KINDS[kind];
      const button = make("button", { type: "button", class: "button small" }, icon(shape), word(key));
      button.addEventListener("click", () => this.choose(kind));
      this.buttons.set(kind, button);
      bar.append(button);
    }
    const undo = make("button", { type: "button", class: "button small quiet" }, icon("undo-2"), word("map_draw_undo"));
    undo.addEventListener("click", () => this.change(this.points.slice(0, -1)));
    const clear = make("button", { type: "button", class: "button small quiet" }, icon("x"), word("map_draw_clear"));
    clear.addEventListener("click", () => this.change([]));
    bar.append(undo, clear, make("span", { class: "hint" }, word("map_draw_hint")));
    this.choose(this.kind);
    return bar;
  }

  private choose(kind: Kind): void {
    this.kind = kind;
    for (const [each, button] of this.buttons) button.setAttribute("aria-pressed", String(each === kind));
    this.change(kind === "point" ? this.points.slice(-1) : this.points);
  }

  private set(at: [number, number]): void {
    const point: [number, number] = [Number(at[0].toFixed(6)), Number(at[1].toFixed(6))];
    this.change(this.kind === "point" ? [point] : [...this.points, point]);
  }

  private change(points: [number, number][]): void {
    this.points = points;
    const geometry = geometryOf(this.kind, points);
    this.field.value = geometry ? JSON.stringify(geometry) : "";
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.show();
  }

  private read(): void {
    const found = pointsOf(this.field.value);
    if (!found) return;
    this.kind = found.kind;
    this.points = found.points;
    this.show();
  }

  private show(): void {
    const geometry = geometryOf(this.kind, this.points);
    const shapes: GeoJSON.Geometry[] = this.points.map((coordinates) => ({ type: "Point", coordinates }));
    if (geometry) shapes.push(geometry);
    this.view.getSource<GeoJSONSource>("drawing")?.setData({
      type: "FeatureCollection",
      features: shapes.map((each) => ({ type: "Feature", properties: {}, geometry: each })),
    });
  }
}

/**
 * `<thammuu-map data-boundaries="…" data-incidents="…" data-drawings="…" data-alerts="…">`: GeoJSON addresses, each optional; properties `name` (boundaries,
 * drawings), `id title tone url` (incidents), `tone` (drawings, and alerts, drawn dashed). `data-bounds="w,s,e,n"` is the first view; else the country's.
 * `data-draw="point line polygon" data-field="<id>"` draws into that form field. Every map has its table: give it beside this element.
 * A live fragment for target "map" with data `lon lat tone title url` sets its key's incident; without `lon` it takes it away.
 */

import { Map as MapView, NavigationControl, setWorkerUrl, type GeoJSONSource, type LngLatBoundsLike } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import type { LiveEntry } from "../live/messages.ts";
import { icon, make, word } from "../page.ts";
import "../styles/map.css";
import { Drawing } from "./drawing.ts";
import type { Kind } from "./geometry.ts";
import { Labels } from "./labels.ts";
import { Marks } from "./marks.ts";
import { mapStyle } from "./style.ts";

const COUNTRY: LngLatBoundsLike = [102, 6.8, 117.6, 23.6];

setWorkerUrl(new URL(workerUrl, import.meta.url).href);

export class ThammuuMap extends HTMLElement {
  private view: MapView | null = null;
  private incidents: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
  private readonly hear = (event: CustomEvent<LiveEntry[]>): void => this.takeLive(event.detail);

  connectedCallback(): void {
    try {
      this.open();
    } catch {
      this.replaceChildren(make("p", { class: "notice" }, icon("info"), word("map_failed")));
      return;
    }
    document.addEventListener("live-entries", this.hear);
  }

  disconnectedCallback(): void {
    document.removeEventListener("live-entries", this.hear);
    this.view?.remove();
  }

  private open(): void {
    const box = make("div", { class: "map-box" });
    this.replaceChildren(box);
    const { boundaries, drawings, alerts } = this.addresses();
    const view = new MapView({
      container: box,
      style: mapStyle(this, { ...(boundaries && { boundaries }), ...(drawings && { drawings }), ...(alerts && { alerts }) }),
      bounds: this.firstBounds(),
      fitBoundsOptions: { padding: 16 },
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: 0,
      locale: { "Map.Title": word("map_label"), "NavigationControl.ZoomIn": word("map_zoom_in"), "NavigationControl.ZoomOut": word("map_zoom_out") },
    });
    this.view = view;
    view.touchZoomRotate.disableRotation();
    view.addControl(new NavigationControl({ showCompass: false }), "top-right");
    const labels = new Labels(view);
    new Marks(view);
    view.once("load", () => {
      this.startDrawing(view, box);
      void this.loadIncidents();
      for (const named of [drawings, boundaries]) {
        if (named) void readFeatures(named).then(({ features }) => labels.add(features));
      }
      this.dataset["ready"] = "";
    });
  }

  private addresses(): Record<"boundaries" | "incidents" | "drawings" | "alerts", string> {
    const address = (name: string): string => {
      const value = this.dataset[name];
      return value ? new URL(value, location.href).href : "";
    };
    return { boundaries: address("boundaries"), incidents: address("incidents"), drawings: address("drawings"), alerts: address("alerts") };
  }

  private firstBounds(): LngLatBoundsLike {
    const numbers = (this.dataset["bounds"] ?? "").split(",").map(Number);
    return numbers.length === 4 && numbers.every(Number.isFinite) ? (numbers as [number, number, number, number]) : COUNTRY;
  }

  private startDrawing(view: MapView, box: HTMLElement): void {
    const field = document.getElementById(this.dataset["field"] ?? "");
    const kinds = (this.dataset["draw"] ?? "").split(/\s+/).filter(Boolean) as Kind[];
    if (!kinds.length || !(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement)) return;
    this.classList.add("drawing");
    this.prepend(new Drawing(view, field, kinds).bar(kinds));
    box.append(make("span", { class: "map-cross", "aria-hidden": "true" }));
  }

  private async loadIncidents(): Promise<void> {
    const { incidents } = this.addresses();
    if (!incidents) return;
    this.incidents = await readFeatures(incidents);
    this.showIncidents();
  }

  private takeLive(entries: LiveEntry[]): void {
    const fragments = entries.flatMap((entry) => entry.fragments).filter((fragment) => fragment.target === "map");
    if (!fragments.length) return;
    for (const { key, data } of fragments) {
      const others = this.incidents.features.filter((feature) => feature.properties?.["id"] !== key);
      const { lon, lat, ...properties } = data ?? {};
      if (lon && lat) others.push({ type: "Feature", geometry: { type: "Point", coordinates: [Number(lon), Number(lat)] }, properties: { id: key, ...properties } });
      this.incidents = { ...this.incidents, features: others };
    }
    this.showIncidents();
  }

  private showIncidents(): void {
    this.view?.getSource<GeoJSONSource>("incidents")?.setData(this.incidents);
  }
}

async function readFeatures(address: string): Promise<GeoJSON.FeatureCollection> {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (answer.ok) return (await answer.json()) as GeoJSON.FeatureCollection;
  } catch {
    // Cut off: the table beside the map still tells what the page knew.
  }
  return { type: "FeatureCollection", features: [] };
}

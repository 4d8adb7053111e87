/** Incidents and clusters as HTML marks: shape and colour of the status, a count on a cluster, real links and buttons. */

import { Marker, type GeoJSONSource, type Map as MapView } from "maplibre-gl";
import { icon, make, word } from "../page.ts";
import { toneOf } from "./style.ts";

interface Mark {
  marker: Marker;
  seen: boolean;
}

type Properties = Record<string, unknown>;

export class Marks {
  private readonly view: MapView;
  private readonly shown = new Map<string, Mark>();

  constructor(view: MapView) {
    this.view = view;
    view.on("moveend", () => this.refresh());
    view.on("sourcedata", (event) => event.sourceId === "incidents" && event.isSourceLoaded && this.refresh());
  }

  private refresh(): void {
    for (const mark of this.shown.values()) mark.seen = false;
    for (const feature of this.view.querySourceFeatures("incidents")) {
      if (feature.geometry.type !== "Point") continue;
      const [lon, lat] = feature.geometry.coordinates as [number, number];
      const properties = feature.properties as Properties;
      const key = JSON.stringify([properties["cluster_id"] ?? properties["id"] ?? properties["url"], properties["point_count"], properties["tone"], lon, lat]);
      const mark = this.shown.get(key) ?? this.add(key, [lon, lat], properties);
      mark.seen = true;
    }
    for (const [key, mark] of this.shown) {
      if (mark.seen) continue;
      mark.marker.remove();
      this.shown.delete(key);
    }
  }

  private add(key: string, at: [number, number], properties: Properties): Mark {
    const element = properties["cluster"] ? this.cluster(at, properties) : incident(properties);
    const mark = { marker: new Marker({ element }).setLngLat(at).addTo(this.view), seen: true };
    // The marker calls itself a generic mark; it is the link or button it is.
    element.removeAttribute("role");
    this.shown.set(key, mark);
    return mark;
  }

  private cluster(at: [number, number], properties: Properties): HTMLElement {
    const tone = toneOf(properties["worst"]);
    const count = Number(properties["point_count"]);
    const button = make("button", { type: "button", class: `map-cluster ${tone}`, "aria-label": word("map_points", { n: count }) }, icon(`status-${tone}`), String(count));
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      const source = this.view.getSource<GeoJSONSource>("incidents");
      void source?.getClusterExpansionZoom(Number(properties["cluster_id"])).then((zoom) => this.view.easeTo({ center: at, zoom: zoom + 0.5 }));
    });
    return button;
  }
}

function incident(properties: Properties): HTMLElement {
  const tone = String(properties["tone"] ?? "normal");
  const title = String(properties["title"] ?? "");
  return make("a", { class: `map-mark ${tone}`, href: String(properties["url"] ?? "#"), title, "aria-label": title }, icon(`status-${tone}`));
}

/** The map's style: no internet, no glyphs, no sprites; its colours are the theme's. */

import type { ExpressionSpecification, StyleSpecification } from "maplibre-gl";

export const TONES = ["off", "standby", "normal", "caution", "serious", "critical"] as const;
export type Tone = (typeof TONES)[number];
export type Sources = Partial<Record<"boundaries" | "incidents" | "drawings" | "alerts", string>>;

/** Parallels and meridians, so that a map without boundaries still tells distance and direction. */
function graticule(): GeoJSON.Feature {
  const lines: [number, number][][] = [];
  for (let lon = 60; lon <= 160; lon += 1) lines.push([[lon, -20], [lon, 50]]);
  for (let lat = -20; lat <= 50; lat += 1) lines.push([[60, lat], [160, lat]]);
  return { type: "Feature", properties: {}, geometry: { type: "MultiLineString", coordinates: lines } };
}

const EMPTY = { type: "FeatureCollection" as const, features: [] };

/** A tone as a number, so that a cluster can take the worst of its members. */
const TONE_RANK: ExpressionSpecification = ["match", ["get", "tone"], ...TONES.flatMap((tone, rank) => [tone, rank]), 2] as unknown as ExpressionSpecification;

export function toneOf(rank: unknown): Tone {
  return TONES[Number(rank)] ?? "normal";
}

export function mapStyle(box: Element, sources: Sources): StyleSpecification {
  const css = getComputedStyle(box);
  const colour = (name: string): string => css.getPropertyValue(`--${name}`).trim();
  const drawn: ExpressionSpecification = [
    "match", ["get", "tone"], "critical", colour("critical"), "serious", colour("serious"), "caution", colour("caution-mark"), colour("ink-2"),
  ];
  return {
    version: 8,
    sources: {
      graticule: { type: "geojson", data: graticule() },
      boundaries: { type: "geojson", data: sources.boundaries ?? EMPTY, tolerance: 0.2 },
      drawings: { type: "geojson", data: sources.drawings ?? EMPTY },
      alerts: { type: "geojson", data: sources.alerts ?? EMPTY },
      drawing: { type: "geojson", data: EMPTY },
      incidents: {
        type: "geojson", data: sources.incidents ?? EMPTY, cluster: true, clusterRadius: 36, clusterMaxZoom: 14,
        clusterProperties: { worst: ["max", TONE_RANK] },
      },
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": colour("water") } },
      { id: "graticule", type: "line", source: "graticule", paint: { "line-color": colour("line-strong"), "line-width": 0.5, "line-opacity": 0.25 } },
      { id: "land", type: "fill", source: "boundaries", paint: { "fill-color": colour("land") } },
      { id: "borders", type: "line", source: "boundaries", paint: { "line-color": colour("line-strong"), "line-width": ["interpolate", ["linear"], ["zoom"], 5, 0.5, 10, 1.2], "line-opacity": 0.7 } },
      { id: "alert-areas", type: "fill", source: "alerts", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": drawn, "fill-opacity": 0.1 } },
      { id: "alert-lines", type: "line", source: "alerts", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": drawn, "line-width": 1.5, "line-dasharray": [3, 2] } },
      { id: "alert-points", type: "circle", source: "alerts", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": colour("surface"), "circle-radius": 5, "circle-stroke-color": drawn, "circle-stroke-width": 1.5 } },
      { id: "drawn-areas", type: "fill", source: "drawings", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": drawn, "fill-opacity": 0.14 } },
      { id: "drawn-lines", type: "line", source: "drawings", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": drawn, "line-width": 2 } },
      { id: "drawn-points", type: "circle", source: "drawings", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": colour("surface"), "circle-radius": 5, "circle-stroke-color": drawn, "circle-stroke-width": 2 } },
      { id: "incidents", type: "circle", source: "incidents", paint: { "circle-radius": 1, "circle-opacity": 0 } },
      { id: "drawing-area", type: "fill", source: "drawing", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour("accent"), "fill-opacity": 0.2 } },
      { id: "drawing-line", type: "line", source: "drawing", paint: { "line-color": colour("accent"), "line-width": 2.5 } },
      { id: "drawing-points", type: "circle", source: "drawing", filter: ["==", ["geometry-type"], "Point"], paint: { "circle-color": colour("accent"), "circle-radius": 5, "circle-stroke-color": colour("surface"), "circle-stroke-width": 2 } },
    ],
  };
}

/** What the map draws and how: sources, and layers in the colours of a theme. */
import type {
  ExpressionSpecification as Expression,
  LayerSpecification as Layer,
  StyleSpecification,
} from "maplibre-gl";
import type { Palette } from "./palette.ts";
import type { Side } from "./shapes.ts";

export const SOURCES = [
  "land", "coast", "grid", "grid-text", "corridors", "shapes", "conflicts", "labels", "movers", "chosen",
  "sketches", "drawn", "measure",
] as const;
export type SourceId = (typeof SOURCES)[number];

/** Layers that can be pointed at, the foremost first. */
export const TOUCHABLE = ["mover-symbols", "mover-dots", "conflict-area", "conflict-place", "area", "area-plain", "corridor", "corridor-plain"];
/** The user's own layers lie below this one. */
export const ABOVE_USERS = "chosen-halo";

const FONT = ["sans-serif"];
const MANNERS: Partial<Record<SourceId, { tolerance: number; buffer?: number }>> = {
  movers: { tolerance: 0, buffer: 16 },
};

/** By a feature's side: own, peer or third. */
function bySide(of: Readonly<Record<Side, unknown>>): Expression {
  return ["match", ["get", "side"], "own", of.own, "peer", of.peer, of.third] as Expression;
}

function byStatus(planned: number, active: number, unconfirmed: number, ended: number): Expression {
  return [
    "match", ["get", "status"], "active", active, "unconfirmed", unconfirmed, "ended", ended, planned,
  ];
}

const DASHES = bySide({
  own: ["literal", [1, 0]],
  peer: ["literal", [4, 2]],
  third: ["literal", [1, 1.5]],
});

export function style(palette: Palette): StyleSpecification {
  return {
    version: 8,
    sources: Object.fromEntries(
      SOURCES.map((id) => [
        id,
        {
          type: "geojson",
          data: { type: "FeatureCollection", features: [] },
          ...MANNERS[id],
        },
      ]),
    ),
    layers: layers(palette),
    transition: { duration: 0, delay: 0 },
  };
}

export function layers(palette: Palette): Layer[] {
  return [...ground(palette), ...volumes(palette), ...moving(palette), ...tools(palette)];
}

function ground(p: Palette): Layer[] {
  return [
    { id: "sea", type: "background", paint: { "background-color": p.sea } },
    { id: "land", type: "fill", source: "land", paint: { "fill-color": p.land } },
    { id: "grid", type: "line", source: "grid", paint: { "line-color": p.grid, "line-width": 1 } },
    {
      id: "coast", type: "line", source: "coast",
      paint: {
        "line-color": p.coast,
        "line-width": ["interpolate", ["linear"], ["zoom"], 1, 0.5, 6, 1.2],
      },
    },
  ];
}

function volumes(p: Palette): Layer[] {
  return [
    {
      id: "chosen-halo", type: "line", source: "chosen", layout: { "line-join": "round" },
      paint: { "line-color": p.chosen, "line-width": 11, "line-opacity": 0.38 },
    },
    ...outlined(p, "corridors", "corridor"),
    {
      id: "path", type: "line", source: "corridors", filter: ["has", "path"],
      paint: {
        "line-color": bySide(p.sides), "line-width": 1, "line-opacity": 0.6,
        "line-dasharray": [2, 3],
      },
    },
    ...outlined(p, "shapes", "area"),
    {
      id: "conflict-area", type: "fill", source: "conflicts",
      filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-pattern": "hatch" },
    },
    {
      id: "conflict-outline", type: "line", source: "conflicts",
      filter: ["==", ["geometry-type"], "Polygon"], layout: { "line-join": "round" },
      paint: { "line-color": p.conflict, "line-width": 3.5 },
    },
    {
      id: "conflict-place", type: "circle", source: "conflicts",
      filter: ["==", ["geometry-type"], "Point"],
      paint: {
        "circle-radius": 9, "circle-color": p.conflict, "circle-opacity": 0.18,
        "circle-stroke-color": p.conflict, "circle-stroke-width": 2.5,
      },
    },
    {
      id: "grid-text", type: "symbol", source: "grid-text",
      layout: {
        "text-field": ["get", "text"], "text-font": FONT, "text-size": 10.5,
        "text-anchor": ["get", "anchor"], "text-offset": ["get", "offset"],
        "text-padding": 6,
      },
      paint: { "text-color": p.grid_text, "text-halo-color": p.sea, "text-halo-width": 1.2 },
    },
  ];
}

/** Areas: filled with their pattern, or plain where there are many, and outlined by their status. */
function outlined(p: Palette, source: SourceId, id: string): Layer[] {
  const areas: Expression = ["!", ["has", "path"]];
  return [
    {
      id, type: "fill", source, filter: areas,
      paint: {
        "fill-pattern": ["concat", "fill:", ["get", "side"], ":", ["get", "arena"]],
        "fill-opacity": byStatus(0.7, 1, 0.5, 0.25),
      },
    },
    {
      id: `${id}-plain`, type: "fill", source, filter: areas, layout: { visibility: "none" },
      paint: {
        "fill-color": bySide(p.sides), "fill-opacity": p.tint * 1.4, "fill-antialias": false,
      },
    },
    {
      id: `${id}-outline`, type: "line", source, filter: areas,
      paint: {
        "line-color": bySide(p.sides),
        "line-width": byStatus(1.5, 3.2, 1.2, 1),
        "line-gap-width": byStatus(0, 0, 2.6, 0),
        "line-opacity": byStatus(1, 1, 1, 0.6),
        "line-dasharray": DASHES,
      },
    },
  ];
}

function moving(p: Palette): Layer[] {
  const fresh: Expression = ["case", ["get", "old"], 0.45, 1];
  return [
    {
      id: "mover-dots", type: "circle", source: "movers", layout: { visibility: "none" },
      paint: {
        "circle-radius": ["interpolate", ["linear"], ["zoom"], 2, 1.8, 7, 3.4],
        "circle-color": bySide({ ...p.sides, peer: p.halo }),
        "circle-stroke-color": bySide(p.sides),
        "circle-stroke-width": bySide({ own: 0, peer: 1.2, third: 0 }),
        "circle-opacity": fresh,
      },
    },
    {
      id: "mover-symbols", type: "symbol", source: "movers",
      layout: {
        "icon-image": ["concat", "mover:", ["get", "side"], ":", ["get", "arena"]],
        "icon-allow-overlap": true, "icon-ignore-placement": true,
      },
      paint: { "icon-opacity": fresh },
    },
    {
      id: "mover-labels", type: "symbol", source: "movers", minzoom: 6,
      layout: {
        "text-field": ["get", "text"], "text-font": FONT, "text-size": 11, "text-anchor": "left",
        "text-offset": [1.1, 0],
      },
      paint: { "text-color": p.ink, "text-halo-color": p.halo, "text-halo-width": 1.5 },
    },
    {
      id: "labels", type: "symbol", source: "labels",
      layout: {
        "icon-image": ["get", "badge"], "text-field": ["get", "text"], "text-font": FONT,
        "text-size": 12, "text-anchor": "left", "text-offset": [0.85, 0],
        "text-optional": true, "text-max-width": 14, "text-justify": "left",
        "icon-padding": 1,
      },
      paint: { "text-color": p.ink, "text-halo-color": p.halo, "text-halo-width": 1.6 },
    },
  ];
}

function tools(p: Palette): Layer[] {
  const byTone = (draft: unknown, before: unknown, option: unknown): Expression =>
    ["match", ["get", "tone"], "before", before, "option", option, draft] as Expression;
  return [
    {
      id: "sketch-area", type: "fill", source: "sketches",
      paint: { "fill-color": p.drawn, "fill-opacity": byTone(0.16, 0, 0.1) as never },
    },
    {
      id: "sketch-outline", type: "line", source: "sketches", layout: { "line-join": "round" },
      paint: {
        "line-color": p.drawn,
        "line-width": byTone(2.5, 1.2, 2) as never,
        "line-dasharray": byTone(
          ["literal", [1, 0]], ["literal", [1, 2]], ["literal", [4, 1.5]],
        ) as never,
      },
    },
    {
      id: "sketch-label", type: "symbol", source: "sketches",
      layout: { "text-field": ["get", "text"], "text-font": FONT, "text-size": 12 },
      paint: { "text-color": p.ink, "text-halo-color": p.halo, "text-halo-width": 1.6 },
    },
    {
      id: "drawn-area", type: "fill", source: "drawn",
      paint: { "fill-color": p.drawn, "fill-opacity": 0.16 },
    },
    {
      id: "drawn-outline", type: "line", source: "drawn", layout: { "line-join": "round" },
      paint: { "line-color": p.drawn, "line-width": 2.5 },
    },
    {
      id: "measure", type: "line", source: "measure",
      paint: { "line-color": p.chosen, "line-width": 1.6, "line-dasharray": [3, 2] },
    },
    {
      id: "measure-ends", type: "circle", source: "measure",
      filter: ["!=", ["geometry-type"], "LineString"],
      paint: {
        "circle-radius": 3.5, "circle-color": p.halo, "circle-stroke-color": p.chosen,
        "circle-stroke-width": 1.6,
      },
    },
  ];
}

/**
 * What the console is measured against: MapLibre alone on a page, as large as the console's map and
 * with the same view; land below. At each step it is given the volumes that are active (a fill and
 * a line) and the places of all tracks (a circle), and no corridors, names, patterns or coasts.
 * `?empty`: nothing but land.
 */
import type { FeatureCollection, Feature, Geometry, Position } from "geojson";
import { type GeoJSONSource, Map as Chart, setWorkerUrl } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import "maplibre-gl/dist/maplibre-gl.css";
import { feature } from "topojson-client";
import land_url from "world-atlas/land-50m.json?url";

interface Volume {
  geometry: Geometry;
  from_s: number;
  to_s: number;
  ours: boolean;
}
interface Track {
  points: [Position, Position];
  times_s: [number, number];
  ours: boolean;
}
interface World {
  at_s: number;
  volumes: Volume[];
  tracks: Track[];
}
declare global {
  interface Window {
    ready: Promise<number>;
    step: (at_s: number) => Promise<number>;
  }
}

setWorkerUrl(new URL(worker, document.baseURI).href);
const asked = new URLSearchParams(location.search);
const view = (asked.get("view") ?? "34.5 34.7 6").split(" ").map(Number) as [number, number, number];
const place = document.getElementById("map")!;
place.style.width = `${asked.get("width") ?? 1280}px`;
place.style.height = `${asked.get("height") ?? 800}px`;
document.body.style.margin = "0";

const BY_SIDE = ["case", ["get", "ours"], "#0072b2", "#d55e00"] as never;
const empty = (): FeatureCollection => ({ type: "FeatureCollection", features: [] });
const from = (id: string) => ({ id, source: id });
const chart = new Chart({
  container: place,
  attributionControl: false,
  fadeDuration: 0,
  center: [view[0], view[1]],
  zoom: view[2],
  style: {
    version: 8,
    sources: Object.fromEntries(
      ["land", "volumes", "tracks"].map((id) => [id, { type: "geojson", data: empty() }]),
    ),
    layers: [
      { id: "sea", type: "background", paint: { "background-color": "#f4f6f7" } },
      { ...from("land"), type: "fill", paint: { "fill-color": "#dcdcd2" } },
      {
        ...from("volumes"), type: "fill", paint: { "fill-color": BY_SIDE, "fill-opacity": 0.2 },
      },
      { id: "outline", source: "volumes", type: "line", paint: { "line-color": BY_SIDE } },
      {
        ...from("tracks"), type: "circle", paint: { "circle-color": BY_SIDE, "circle-radius": 2 },
      },
    ],
  },
});

const put = (id: string, data: FeatureCollection | Feature) =>
  void chart.getSource<GeoJSONSource>(id)!.setData(data);
const drawn = () => new Promise<void>((done) => void chart.once("idle", () => done()));

function volumesAt(world: World, at_s: number): FeatureCollection {
  const active = world.volumes.filter((one) => one.from_s <= at_s && at_s < one.to_s);
  return {
    type: "FeatureCollection",
    features: active.map(({ geometry, ours }) => ({
      type: "Feature", properties: { ours }, geometry,
    })),
  };
}

function tracksAt(world: World, at_s: number): FeatureCollection {
  return {
    type: "FeatureCollection",
    features: world.tracks.map(({ points: [a, b], times_s: [from_s, to_s], ours }) => {
      const share = Math.min(1, Math.max(0, (at_s - from_s) / (to_s - from_s)));
      const coordinates = [0, 1].map((axis) => a[axis]! + share * (b[axis]! - a[axis]!));
      return { type: "Feature", properties: { ours }, geometry: { type: "Point", coordinates } };
    }),
  };
}

async function start(): Promise<number> {
  const topology = await (await fetch(land_url)).json();
  const world: World | null = asked.has("empty") ? null : await (await fetch("world.json")).json();
  await new Promise<void>((done) => void chart.once("load", () => done()));
  put("land", feature(topology, topology.objects.land));
  if (world) {
    put("volumes", volumesAt(world, world.at_s));
    put("tracks", tracksAt(world, world.at_s));
    window.step = async (at_s) => {
      const begun_ms = performance.now();
      put("volumes", volumesAt(world, at_s));
      put("tracks", tracksAt(world, at_s));
      await drawn();
      return performance.now() - begun_ms;
    };
  }
  await drawn();
  return performance.now();
}

window.ready = start();

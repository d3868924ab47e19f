/** The user's own layers on a map, below all that the node says. */
import { addProtocol, type LayerSpecification, type Map as Chart } from "maplibre-gl";
import { FileSource, PMTiles, Protocol, TileType } from "pmtiles";
import { LayerError, type UserLayer } from "./layers.ts";
import type { Palette } from "./palette.ts";
import { ABOVE_USERS } from "./style.ts";

const protocol = new Protocol();
const SCHEME = "pmtiles";
addProtocol(SCHEME, protocol.tile);

/** A local file under a key of ours: its own name may be anything. */
class Local extends FileSource {
  readonly #key: string;

  constructor(file: Blob, key: string) {
    super(file as File);
    this.#key = key;
  }

  override getKey(): string {
    return this.#key;
  }
}

type Layer = LayerSpecification;
const turns = new WeakMap<Chart, number>(); // a newer wish has overtaken what was still being read

/** Take what is on the map from before to now; layers are in the order they lie, lowest first. */
export async function lay(
  chart: Chart, layers: readonly UserLayer[], palette: Palette,
): Promise<void> {
  const turn = (turns.get(chart) ?? 0) + 1;
  turns.set(chart, turn);
  const ready = await Promise.all(layers.map(async (layer) => [layer, await specs(layer)] as const));
  if (turns.get(chart) !== turn) return;
  clear(chart, new Set(layers.map(({ id }) => sourceOf(id))));
  for (const [layer, { source, kinds }] of ready) {
    if (!chart.getSource(sourceOf(layer.id))) chart.addSource(sourceOf(layer.id), source);
    if (!layer.visible) continue;
    for (const one of kinds) chart.addLayer(one(layer, palette), ABOVE_USERS);
  }
}

/** Throws LayerError where a file holds no tiles. */
export async function checkTiles(file: Blob): Promise<void> {
  try {
    const { tileType } = await new PMTiles(new Local(file, "asked")).getHeader();
    if (tileType === TileType.Unknown || tileType === TileType.Mlt) throw new LayerError("not_read");
  } catch (error) {
    if (error instanceof LayerError) throw error;
    throw new LayerError("not_read", error instanceof Error ? error.message : "");
  }
}

function sourceOf(id: string): string {
  return `user-${id}`;
}

function clear(chart: Chart, kept: ReadonlySet<string>): void {
  for (const { id } of chart.getStyle().layers) if (id.startsWith("user-")) chart.removeLayer(id);
  for (const id of Object.keys(chart.getStyle().sources))
    if (id.startsWith("user-") && !kept.has(id)) chart.removeSource(id);
}

type Make = (layer: UserLayer, palette: Palette) => Layer;
type Source = Parameters<Chart["addSource"]>[1];

async function specs(layer: UserLayer): Promise<{ source: Source; kinds: Make[] }> {
  if (layer.content.type === "features")
    return { source: { type: "geojson", data: layer.content.features }, kinds: drawnAs("") };
  const tiles = protocol.get(layer.id) ?? new PMTiles(new Local(layer.content.file, layer.id));
  protocol.add(tiles);
  const { tileType, minZoom, maxZoom } = await tiles.getHeader();
  const common = {
    tiles: [`${SCHEME}://${layer.id}/{z}/{x}/{y}`], minzoom: minZoom, maxzoom: maxZoom,
  };
  if (tileType !== TileType.Mvt)
    return { source: { type: "raster", tileSize: 256, ...common }, kinds: [raster] };
  const within = layersWithin(await tiles.getMetadata());
  return { source: { type: "vector", ...common }, kinds: within.flatMap(drawnAs) };
}

function layersWithin(metadata: unknown): string[] {
  const found = (metadata as { vector_layers?: unknown } | null)?.vector_layers;
  if (!Array.isArray(found)) return [];
  return found.flatMap((one: { id?: unknown }) => (typeof one.id === "string" ? [one.id] : []));
}

const raster: Make = ({ id, opacity }) => ({
  id: sourceOf(id), type: "raster", source: sourceOf(id), paint: { "raster-opacity": opacity },
});

/** Areas, lines and points of a source, or of one layer within it. */
function drawnAs(within: string): Make[] {
  const of = (id: string, kind: string) => ({
    id: `${sourceOf(id)} ${kind} ${within}`,
    source: sourceOf(id),
    ...(within ? { "source-layer": within } : {}),
  });
  return [
    ({ id, opacity }, p) => ({
      ...of(id, "area"), type: "fill", filter: ["==", ["geometry-type"], "Polygon"],
      paint: { "fill-color": p.grid_text, "fill-opacity": opacity * 0.12 },
    }),
    ({ id, opacity }, p) => ({
      ...of(id, "line"), type: "line", filter: ["!=", ["geometry-type"], "Point"],
      paint: { "line-color": p.grid_text, "line-width": 1, "line-opacity": opacity },
    }),
    ({ id, opacity }, p) => ({
      ...of(id, "point"), type: "circle", filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 2.5, "circle-color": p.grid_text, "circle-opacity": opacity },
    }),
    ({ id, opacity }, p) => ({
      ...of(id, "name"), type: "symbol", minzoom: 4,
      layout: {
        "text-field": ["coalesce", ["get", "name"], ""], "text-font": ["sans-serif"],
        "text-size": 11, "text-offset": [0, 0.9],
      },
      paint: {
        "text-color": p.grid_text, "text-opacity": opacity, "text-halo-color": p.halo,
        "text-halo-width": 1.2,
      },
    }),
  ];
}

/** The map itself: MapLibre, fed with what is active; no component knows MapLibre but through it. */
import type { Feature, FeatureCollection } from "geojson";
import { type GeoJSONSource, Map as Chart, setWorkerUrl } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import {
  collection, conflictFeatures, Labels, Moving, shapeFeatures, Shown, type Time,
} from "./features.ts";
import { graticule } from "./graticule.ts";
import { type Grade, ground } from "./land.ts";
import { type MapTheme, PALETTES, type Palette } from "./palette.ts";
import { Pointing } from "./pointing.ts";
import type { Bounds, MapConflict, MapMover, MapShape, Picked, Place } from "./shapes.ts";
import { layers, type SourceId, style } from "./style.ts";
import { fixedPictures, pictureOf, RATIO } from "./textures.ts";

setWorkerUrl(new URL(worker, document.baseURI).href);

export interface Heard {
  readonly onselect: (picked: Picked | null) => void;
  readonly onhover: (picked: Picked | null, at: Place | null) => void;
  readonly onplace: (at: Place) => void;
  readonly onview: () => void;
  readonly onfault: (why: string) => void;
}

const MOST_SYMBOLS = 3000;
const CLOSE_ZOOM = 6;
const FINE_ZOOM = 4.5;
const MOVERS_MS = 1000;
const LABELS_MS = 150;
const MOST_LABELS = 300;
const MOST_TEXTURED = 400;

export class Board {
  readonly chart: Chart;
  readonly ready: Promise<void>;
  #palette: Palette;
  #shapes = new Shown<MapShape>([], shapeFeatures);
  #labels = new Labels([]);
  #conflicts = new Shown<MapConflict>([], conflictFeatures);
  #moving = new Moving([]);
  #time: Time = { at_s: 0 };
  #moved_ms = -Infinity;
  #rests = 0;
  #grade: Grade | "" = "";
  #later: Record<string, ReturnType<typeof setTimeout>> = {};

  /** Throws where the browser refuses WebGL. */
  constructor(container: HTMLElement, theme: MapTheme, name: string, heard: Heard) {
    this.#palette = PALETTES[theme];
    this.chart = new Chart({
      container,
      style: style(this.#palette),
      attributionControl: false,
      maplibreLogo: false,
      maxPitch: 0,
      center: [15, 30],
      zoom: 1.6,
      minZoom: 0.6,
      fadeDuration: 0,
      renderWorldCopies: true,
      locale: { "Map.Title": name },
      validateStyle: false,
    });
    this.chart.touchZoomRotate.disableRotation();
    this.chart.setMissingStyleImageResolver((name) => this.#draw(name));
    this.chart.on("moveend", () => {
      this.#grid();
      this.#soon("labels", LABELS_MS, () => this.#label());
      if (this.chart.getZoom() >= FINE_ZOOM) this.#ground("fine", heard);
    });
    this.chart.on("move", () => heard.onview());
    this.chart.on("idle", () => this.#tell(container));
    this.chart.on("error", (event) => heard.onfault(event.error.message));
    new Pointing(this.chart, (feature) => this.#pickedOf(feature), heard);
    this.ready = this.#start(heard);
  }

  name(name: string): void {
    this.chart.getCanvas().setAttribute("aria-label", name);
  }

  theme(theme: MapTheme): void {
    this.#palette = PALETTES[theme];
    void this.ready.then(() => this.#repaint());
  }

  shapes(shapes: readonly MapShape[]): void {
    this.#shapes = new Shown(shapes, shapeFeatures);
    this.#labels = new Labels(shapes);
    this.#feed(true);
  }

  conflicts(conflicts: readonly MapConflict[]): void {
    this.#conflicts = new Shown(conflicts, conflictFeatures);
    this.#feed(true);
  }

  movers(movers: readonly MapMover[]): void {
    this.#moving = new Moving(movers);
    this.#moved_ms = -Infinity;
    this.#feed(false);
  }

  time(time: Time): void {
    this.#time = time;
    this.#feed(false);
  }

  choose(picked: Picked | null): void {
    const items: readonly { id: string; geometry?: unknown }[] =
      picked?.kind === "shape" ? this.#shapes.items
      : picked?.kind === "conflict" ? this.#conflicts.items
      : [];
    const found = items.find((one) => one.id === picked?.id) as MapShape | undefined;
    const features = found?.geometry
      ? [{ type: "Feature" as const, properties: {}, geometry: found.geometry }]
      : [];
    this.put("chosen", collection(features));
  }

  put(source: SourceId, data: FeatureCollection | Feature): void {
    void this.ready.then(() => this.#set(source, data));
  }

  fit(bounds: Bounds): void {
    const [west, south, east, north] = bounds;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.chart.fitBounds([west, south, east, north], {
      padding: 48, maxZoom: 11, animate: !still, duration: 500,
    });
  }

  close(): void {
    Object.values(this.#later).forEach(clearTimeout);
    this.chart.remove();
  }

  async #start(heard: Heard): Promise<void> {
    await new Promise<void>((done) => this.chart.once("style.load", () => done()));
    fixedPictures().forEach((name) => this.#draw(name));
    this.#grid();
    this.#ground("plain", heard);
  }

  #ground(grade: Grade, heard: Heard): void {
    if (this.#grade === grade || this.#grade === "fine") return;
    this.#grade = grade;
    void ground(grade).then(
      ({ land, coast }) => {
        if (this.#grade !== grade) return;
        this.#set("land", land);
        this.#set("coast", coast);
      },
      (error: unknown) => heard.onfault(String(error)),
    );
  }

  #set(source: SourceId, data: FeatureCollection | Feature): void {
    void this.chart.getSource<GeoJSONSource>(source)?.setData(data);
  }

  #feed(renewed: boolean): void {
    const time = this.#time;
    if (this.#shapes.move(time) || renewed) {
      this.put("shapes", this.#shapes.collection());
      void this.ready.then(() => this.#asTexturedOrPlain());
      this.#soon("labels", LABELS_MS, () => this.#label());
    }
    if (this.#conflicts.move(time) || renewed) this.put("conflicts", this.#conflicts.collection());
    const wait_ms = this.#moved_ms + MOVERS_MS - performance.now();
    if (wait_ms <= 0) this.#move();
    else if (!this.#later.movers) this.#soon("movers", wait_ms, () => this.#move());
  }

  #move(): void {
    clearTimeout(this.#later.movers);
    delete this.#later.movers;
    this.#moved_ms = performance.now();
    const at_s = "at_s" in this.#time ? this.#time.at_s : this.#time.to_s;
    const places = this.#moving.at(at_s);
    this.put("movers", places);
    void this.ready.then(() => this.#asDotsOrSymbols());
  }

  /** What is drawn, for those who wait for it: volumes, movers, and how often it came to rest. */
  #tell(container: HTMLElement): void {
    this.#rests += 1;
    container.dataset.drawn = `${this.#shapes.active.length} ${this.#moving.count} ${this.#rests}`;
  }

  #asDotsOrSymbols(): void {
    const many = this.#moving.count > MOST_SYMBOLS;
    this.chart.setLayoutProperty("mover-dots", "visibility", many ? "visible" : "none");
    this.chart.setLayerZoomRange("mover-dots", 0, many ? CLOSE_ZOOM : 24);
    this.chart.setLayerZoomRange("mover-symbols", many ? CLOSE_ZOOM : 0, 24);
  }

  #asTexturedOrPlain(): void {
    const many = this.#shapes.active.length > MOST_TEXTURED;
    this.chart.setLayoutProperty("area", "visibility", many ? "none" : "visible");
    this.chart.setLayoutProperty("area-plain", "visibility", many ? "visible" : "none");
  }

  /** Names of what is in view; more than can be read are none at all. */
  #label(): void {
    const view = this.chart.getBounds();
    const labels: Feature[] = [];
    for (const place of this.#shapes.active) {
      const label = this.#labels.of(place);
      if (label && view.contains(label.at)) labels.push(...label.features);
      if (labels.length > MOST_LABELS) break;
    }
    this.put("labels", collection(labels.length > MOST_LABELS ? [] : labels));
  }

  #grid(): void {
    const view = this.chart.getBounds();
    const found = graticule([view.getWest(), view.getSouth(), view.getEast(), view.getNorth()]);
    this.#set("grid", found.lines);
    this.#set("grid-text", found.names);
  }

  #draw(name: string): void {
    if (this.chart.hasImage(name)) return;
    const picture = pictureOf(name, this.#palette);
    if (picture) this.chart.addImage(name, picture, { pixelRatio: RATIO });
  }

  #repaint(): void {
    for (const layer of layers(this.#palette))
      for (const [key, value] of Object.entries(layer.paint ?? {}))
        this.chart.setPaintProperty(layer.id, key as never, value as never, { validate: false });
    for (const name of this.chart.listImages()) {
      const picture = pictureOf(name, this.#palette);
      if (picture) this.chart.updateImage(name, picture);
    }
  }

  #pickedOf(feature: { layer: { id: string }; properties: Record<string, unknown> }): Picked | null {
    const place = Number(feature.properties.place);
    const id = feature.layer.id;
    if (id.startsWith("mover")) return picked("mover", this.#moving.items[place]);
    if (id.startsWith("conflict")) return picked("conflict", this.#conflicts.items[place]);
    return picked("shape", this.#shapes.items[place]);
  }

  #soon(what: string, wait_ms: number, work: () => void): void {
    clearTimeout(this.#later[what]);
    this.#later[what] = setTimeout(work, wait_ms);
  }
}

function picked(kind: Picked["kind"], of: { id: string } | undefined): Picked | null {
  return of ? { kind, id: of.id } : null;
}

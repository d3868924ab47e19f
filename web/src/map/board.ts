/** The map itself: MapLibre, fed with what is active; no component knows MapLibre but through it. */
import type { Feature, FeatureCollection } from "geojson";
import { type GeoJSONSource, Map as Chart, setWorkerUrl } from "maplibre-gl";
import worker from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import {
  collection, conflictFeatures, Labels, labelsOf, Moving, shapeFeatures, Shown, type Time,
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
const MOVERS_MS = 1000; // while it never comes to rest
const SHIFT_PX = 0.5; // less is not seen
const MOST_LABELS = 300;
const MOST_TEXTURED = 400;
const MOST_CORRIDORS = 1000; // with lines around them, seen from afar

export class Board {
  readonly chart: Chart;
  readonly ready: Promise<void>;
  #palette: Palette;
  #shapes = new Shown<MapShape>([], shapeFeatures);
  #corridors = new Shown<MapShape>([], shapeFeatures);
  #labels = new Labels([]);
  #corridor_labels = new Labels([]);
  #named = { wanted: false, count: 0 };
  #conflicts = new Shown<MapConflict>([], conflictFeatures);
  #moving = new Moving([]);
  #time: Time = { at_s: 0 };
  #moved = { ms: -Infinity, at_s: NaN, drawn: true };
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
      this.#named.wanted = true;
      this.#feed(false);
      if (this.chart.getZoom() >= FINE_ZOOM) this.#ground("fine", heard);
    });
    this.chart.on("move", () => heard.onview());
    this.chart.on("idle", () => this.#rest(container));
    this.chart.on("error", (event) => heard.onfault(event.error.message));
    new Pointing(this.chart, (feature) => this.#pickedOf(feature), heard);
    void ground("plain").catch(() => undefined); // told where it is drawn
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
    const [moving, still] = [shapes.filter(({ path }) => path), shapes.filter(({ path }) => !path)];
    this.#shapes = new Shown(still, shapeFeatures);
    this.#corridors = new Shown(moving, shapeFeatures);
    this.#labels = new Labels(still);
    this.#corridor_labels = new Labels(moving);
    this.#feed(true);
  }

  conflicts(conflicts: readonly MapConflict[]): void {
    this.#conflicts = new Shown(conflicts, conflictFeatures);
    this.#feed(true);
  }

  movers(movers: readonly MapMover[]): void {
    this.#moving = new Moving(movers);
    this.#moved = { ...this.#moved, ms: -Infinity, at_s: NaN };
    this.#feed(false);
  }

  time(time: Time): void {
    this.#time = time;
    this.#feed(false);
  }

  choose(picked: Picked | null): void {
    const items: readonly { id: string; geometry?: unknown }[] =
      picked?.kind === "shape" ? [...this.#shapes.items, ...this.#corridors.items]
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
        this.chart.getContainer().dataset.ground = grade;
      },
      (error: unknown) => heard.onfault(String(error)),
    );
  }

  #set(source: SourceId, data: FeatureCollection | Feature): void {
    void this.chart.getSource<GeoJSONSource>(source)?.setData(data);
  }

  /** A source is given anew only where another set is active: corridors seldom, places each time. */
  #feed(renewed: boolean): void {
    const time = this.#time;
    const areas = this.#shapes.move(time) || renewed;
    const corridors = this.#corridors.move(time) || renewed;
    if (areas) this.put("shapes", this.#shapes.collection());
    if (corridors) this.put("corridors", this.#corridors.collection());
    if (areas || corridors) {
      this.#named.wanted = true;
      void this.ready.then(() => this.#asTexturedOrPlain());
    }
    if (this.#conflicts.move(time) || renewed) this.put("conflicts", this.#conflicts.collection());
    const least_deg = (SHIFT_PX * 360) / (512 * 2 ** this.chart.getZoom());
    if (!this.#moving.shifts(this.#moved.at_s, this.#at_s, least_deg)) return;
    const wait_ms = this.#moved.drawn ? 0 : this.#moved.ms + MOVERS_MS - performance.now();
    if (wait_ms <= 0) this.#move();
    else if (!this.#later.movers) this.#soon("movers", wait_ms, () => this.#move());
  }

  get #at_s(): number {
    return "at_s" in this.#time ? this.#time.at_s : this.#time.to_s;
  }

  #move(): void {
    clearTimeout(this.#later.movers);
    delete this.#later.movers;
    const at_s = this.#at_s;
    this.#moved = { ms: performance.now(), at_s, drawn: false };
    this.put("movers", this.#moving.at(at_s));
    void this.ready.then(() => this.#asDotsOrSymbols());
  }

  /** What moves is brought to the time that is shown, then names follow; they hold no step up. */
  #rest(container: HTMLElement): void {
    this.#moved.drawn = true;
    if (this.#later.movers) this.#move();
    else if (this.#named.wanted) this.#label();
    this.#tell(container);
  }

  /** What is drawn, for those who wait for it: areas, movers, how often it came to rest; when, where. */
  #tell(container: HTMLElement): void {
    this.#rests += 1;
    const { lng, lat } = this.chart.getCenter();
    const areas = this.#shapes.active.length + this.#corridors.active.length;
    container.dataset.view = `${lng} ${lat} ${this.chart.getZoom()}`;
    container.dataset.time = this.#moved.drawn ? String(this.#at_s) : "";
    container.dataset.drawn = `${areas} ${this.#moving.count} ${this.#rests}`;
  }

  #asDotsOrSymbols(): void {
    const many = this.#moving.count > MOST_SYMBOLS;
    this.#visible("mover-dots", many);
    this.#zooms("mover-dots", 0, many ? CLOSE_ZOOM : 24);
    this.#zooms("mover-symbols", many ? CLOSE_ZOOM : 0, 24);
  }

  #asTexturedOrPlain(): void {
    const many = this.#shapes.active.length > MOST_TEXTURED;
    this.#visible("area", !many);
    this.#visible("area-plain", many);
    const crowd = this.#corridors.active.length > MOST_CORRIDORS;
    this.#visible("corridor", !crowd);
    this.#visible("corridor-plain", crowd);
    for (const id of ["corridor-outline", "path"]) this.#zooms(id, crowd ? CLOSE_ZOOM : 0, 24);
  }

  #visible(layer: string, on: boolean): void {
    const wanted = on ? "visible" : "none";
    if (this.chart.getLayoutProperty(layer, "visibility") !== wanted)
      this.chart.setLayoutProperty(layer, "visibility", wanted);
  }

  #zooms(layer: string, from: number, to: number): void {
    const { minzoom = 0, maxzoom = 24 } = this.chart.getLayer(layer) ?? {};
    if (minzoom !== from || maxzoom !== to) this.chart.setLayerZoomRange(layer, from, to);
  }

  /** Names of what is in view; more than can be read are none at all. */
  #label(): void {
    this.#named.wanted = false;
    const view = this.chart.getBounds();
    const [areas, corridors] = [this.#shapes.active, this.#corridors.active];
    const sets = [
      { active: areas, labels: this.#labels }, { active: corridors, labels: this.#corridor_labels },
    ];
    const labels = labelsOf(sets, (at) => view.contains(at), MOST_LABELS);
    if (labels.length || this.#named.count) this.put("labels", collection(labels));
    this.#named.count = labels.length;
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
    const of = id.startsWith("corridor") ? this.#corridors : this.#shapes;
    return picked("shape", of.items[place]);
  }

  #soon(what: string, wait_ms: number, work: () => void): void {
    clearTimeout(this.#later[what]);
    this.#later[what] = setTimeout(work, wait_ms);
  }
}

function picked(kind: Picked["kind"], of: { id: string } | undefined): Picked | null {
  return of ? { kind, id: of.id } : null;
}

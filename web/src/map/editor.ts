/** Drawing and changing a footprint on the map with the pointer, by terra-draw. */
import type { Map as Chart } from "maplibre-gl";
import type { Position } from "geojson";
import {
  TerraDraw,
  TerraDrawLineStringMode,
  TerraDrawModeUndoRedo,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
  type GeoJSONStoreFeatures,
  type HexColor,
} from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import type { Footprint } from "../kernel/records.ts";
import { drawn, handlesOf, History, moved, type Editing, type Kind } from "./editing.ts";

export interface Told {
  /** What is there now, also while it is being drawn; none: nothing yet. */
  readonly onpreview: (footprint: Footprint | null) => void;
  readonly onchange: (footprint: Footprint) => void;
  readonly onstate: (state: { drawing: boolean; canUndo: boolean; canRedo: boolean }) => void;
  readonly onrefused: (why: string) => void;
}

type Id = string | number;
const WIDTH_M = 9260; // 5 NM either side
const MOVABLE = { draggable: true, coordinates: { draggable: true } };
const OPEN = {
  draggable: true,
  coordinates: { draggable: true, midpoints: { draggable: true }, deletable: true },
};

export class Editor {
  readonly #draw: TerraDraw;
  readonly #chart: Chart;
  readonly #told: Told;
  #history = new History();
  #mode: Editing["mode"] = "change";
  #now: Footprint | null = null;
  #said = "";
  #ids: Id[] = [];
  #drawing = false;
  #loading = false;
  #half_width_m = WIDTH_M;

  constructor(chart: Chart, colour: () => string, told: Told) {
    this.#chart = chart;
    this.#told = told;
    this.#draw = new TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({ map: chart, coordinatePrecision: 9 }),
      modes: modes(() => colour() as HexColor),
      undoRedo: { modeLevel: new TerraDrawModeUndoRedo() },
    });
    this.#draw.start();
    this.#draw.on("change", (_ids, type) => this.#changed(type));
    this.#draw.on("finish", (id) => this.#finished(id));
    this.#draw.on("history", () => this.#tell());
  }

  /** Draw or change; a footprint that this editor gave itself changes nothing. */
  edit({ mode, footprint }: Editing): void {
    const same = mode === this.#mode && JSON.stringify(footprint) === this.#said;
    if (same) return;
    const draws = mode !== "change" && (mode !== this.#mode || footprint === null);
    const turns = mode === "change" && JSON.stringify(footprint) === this.#said && !this.#drawing;
    this.#mode = mode;
    if (footprint?.type === "corridor") this.#half_width_m = footprint.half_width_m;
    if (turns) return;
    this.#said = JSON.stringify(footprint);
    this.#now = footprint;
    this.#history = new History();
    if (footprint) this.#history.push(footprint);
    if (draws) this.#begin();
    else if (footprint) this.#load(footprint);
    this.#tell();
  }

  undo(): void {
    if (this.#drawing) this.#draw.undo();
    else this.#back(this.#history.undo());
    this.#tell();
  }

  redo(): void {
    if (this.#drawing) this.#draw.redo();
    else this.#back(this.#history.redo());
    this.#tell();
  }

  /** Take what is drawn as it is. */
  finish(): void {
    const event = { key: "Enter", bubbles: false, cancelable: true };
    if (this.#drawing) this.#chart.getCanvas().dispatchEvent(new KeyboardEvent("keyup", event));
  }

  stop(): void {
    this.#told.onpreview(null);
    if (this.#draw.enabled) this.#draw.stop();
  }

  #begin(): void {
    this.#drawing = true;
    this.#clear();
    this.#draw.setMode({ polygon: "ring", circle: "radius", corridor: "line" }[this.#mode as "circle"]);
    this.#told.onpreview(this.#now);
  }

  #load(footprint: Footprint): void {
    this.#drawing = false;
    this.#clear();
    this.#draw.setMode("select");
    this.#loading = true;
    const handles = handlesOf(footprint);
    const results = this.#draw.addFeatures(handles.map(({ kind, points }) => feature(kind, points)));
    this.#loading = false;
    this.#ids = results.flatMap(({ id, valid }) => (valid && id !== undefined ? [id] : []));
    const bad = results.find(({ valid }) => !valid);
    if (bad) this.#told.onrefused(bad.reason ?? "");
    else if (this.#ids[0] !== undefined) this.#draw.selectFeature(this.#ids[0]);
    this.#told.onpreview(footprint);
  }

  #clear(): void {
    this.#loading = true;
    if (this.#draw.getMode() === "select") this.#draw.setMode("static");
    this.#draw.clear();
    this.#ids = [];
    this.#loading = false;
  }

  #changed(type: string): void {
    if (this.#loading || type === "styling") return;
    const next = this.#drawing ? this.#sketched() : this.#changedTo();
    this.#told.onpreview(next ?? this.#now);
    this.#tell();
  }

  #finished(id: Id): void {
    if (this.#drawing) {
      const line = linesOf(this.#draw.getSnapshotFeature(id));
      const found = drawn(this.#mode, line, this.#half_width_m);
      if (found) queueMicrotask(() => this.#take(found, true));
      return;
    }
    const next = this.#changedTo();
    if (next) this.#take(next, next.type === "circle");
  }

  #take(footprint: Footprint, reload: boolean): void {
    this.#now = footprint;
    this.#said = JSON.stringify(footprint);
    this.#history.push(footprint);
    if (reload) this.#load(footprint);
    this.#told.onpreview(footprint);
    this.#told.onchange(footprint);
    this.#tell();
  }

  #back(footprint: Footprint | null): void {
    if (!footprint) return;
    this.#now = footprint;
    this.#said = JSON.stringify(footprint);
    this.#load(footprint);
    this.#told.onchange(footprint);
  }

  #sketched(): Footprint | null {
    const kind = this.#draw.getMode();
    const found = this.#draw.getSnapshot().find(({ properties }) => properties.mode === kind);
    return drawn(this.#mode, linesOf(found), this.#half_width_m);
  }

  #changedTo(): Footprint | null {
    const lines = this.#ids.map((id) => linesOf(this.#draw.getSnapshotFeature(id)));
    if (!this.#now || lines.length === 0) return null;
    return moved(this.#now, lines);
  }

  #tell(): void {
    this.#told.onstate({
      drawing: this.#drawing,
      canUndo: this.#drawing ? this.#draw.canUndo() : this.#history.canUndo,
      canRedo: this.#drawing ? this.#draw.canRedo() : this.#history.canRedo,
    });
  }
}

function modes(colour: () => HexColor) {
  const point = {
    coordinatePointColor: colour, coordinatePointWidth: 4, closingPointColor: colour,
    closingPointWidth: 5, closingPointOutlineWidth: 1, coordinatePointOutlineWidth: 0,
  };
  const line = { ...point, lineStringColor: colour, lineStringWidth: 2 };
  const open = { showCoordinatePoints: true, styles: line };
  return [
    new TerraDrawPolygonMode({
      modeName: "ring",
      showCoordinatePoints: true,
      styles: {
        ...point, fillColor: colour, fillOpacity: 0.12, outlineColor: colour, outlineWidth: 2,
      },
    }),
    new TerraDrawLineStringMode({ modeName: "line", ...open }),
    new TerraDrawLineStringMode({ modeName: "radius", ...open, finishOnNthCoordinate: 2 }),
    new TerraDrawLineStringMode({ modeName: "fixed", ...open }),
    new TerraDrawSelectMode({
      keyEvents: null,
      allowManualDeselection: false,
      flags: {
        ring: { feature: OPEN }, line: { feature: OPEN }, radius: { feature: MOVABLE },
        fixed: { feature: MOVABLE },
      },
      styles: {
        selectedPolygonColor: colour, selectedPolygonFillOpacity: 0.05,
        selectedPolygonOutlineColor: colour, selectedPolygonOutlineWidth: 2,
        selectedLineStringColor: colour, selectedLineStringWidth: 2,
        selectionPointColor: colour, selectionPointWidth: 5, selectionPointOutlineWidth: 1.5,
        midPointColor: colour, midPointWidth: 3, midPointOutlineWidth: 1,
      },
    }),
  ];
}

function feature(kind: Kind, points: readonly Position[]): GeoJSONStoreFeatures {
  const ring = kind === "ring";
  return {
    type: "Feature",
    properties: { mode: kind },
    geometry: ring
      ? { type: "Polygon", coordinates: [[...points, points[0]!]] }
      : { type: "LineString", coordinates: [...points] },
  };
}

/** The vertices of what was drawn; of a ring without the last, which is its first. */
function linesOf(found: GeoJSONStoreFeatures | undefined): Position[] {
  if (found?.geometry.type === "Polygon") return found.geometry.coordinates[0]!.slice(0, -1);
  return found?.geometry.type === "LineString" ? found.geometry.coordinates : [];
}

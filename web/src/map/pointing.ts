/** What lies under the pointer: the foremost first, and the next one below at each further click. */
import type { Map as Chart, MapGeoJSONFeature, MapMouseEvent, Point } from "maplibre-gl";
import type { Picked, Place } from "./shapes.ts";
import { TOUCHABLE } from "./style.ts";

interface Heard {
  readonly onselect: (picked: Picked | null) => void;
  readonly onhover: (picked: Picked | null, at: Place | null) => void;
  readonly onplace: (at: Place) => void;
}

const REACH_PX = 3;

export class Pointing {
  readonly #chart: Chart;
  readonly #pickedOf: (feature: MapGeoJSONFeature) => Picked | null;
  #last = "";
  #frame = 0;

  constructor(chart: Chart, pickedOf: (feature: MapGeoJSONFeature) => Picked | null, heard: Heard) {
    this.#chart = chart;
    this.#pickedOf = pickedOf;
    chart.on("click", (event) => {
      heard.onplace(placeOf(event));
      heard.onselect(this.#next(this.#under(event.point)));
    });
    chart.on("mousemove", (event) => {
      if (this.#frame) return;
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        const found = chart.isMoving() ? null : (this.#under(event.point)[0] ?? null);
        chart.getCanvas().classList.toggle("over", found !== null);
        heard.onhover(found, placeOf(event));
      });
    });
    chart.on("mouseout", () => heard.onhover(null, null));
  }

  #under(at: Point): Picked[] {
    const layers = TOUCHABLE.filter((id) => this.#chart.getLayer(id));
    if (layers.length === 0) return [];
    const found = this.#chart.queryRenderedFeatures(
      [[at.x - REACH_PX, at.y - REACH_PX], [at.x + REACH_PX, at.y + REACH_PX]],
      { layers },
    );
    const seen = new Map<string, Picked>();
    for (const feature of found) {
      const picked = this.#pickedOf(feature);
      if (picked) seen.set(keyOf(picked), picked);
    }
    return [...seen.values()];
  }

  #next(under: Picked[]): Picked | null {
    const at = under.findIndex((picked) => keyOf(picked) === this.#last);
    const picked = under[(at + 1) % Math.max(1, under.length)] ?? null;
    this.#last = picked ? keyOf(picked) : "";
    return picked;
  }
}

function keyOf(picked: Picked): string {
  return `${picked.kind} ${picked.id}`;
}

function placeOf(event: MapMouseEvent): Place {
  return { lon_deg: event.lngLat.wrap().lng, lat_deg: event.lngLat.lat };
}

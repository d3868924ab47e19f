/** A volume put where it was dragged to on a chart. */
import type { Moved } from "../../frame/sketch.ts";
import { timeOf, type VolumeForm } from "./form.ts";

/** A track's times move with it; a limit that is open stays open. */
export function move(volume: VolumeForm, to: Moved): void {
  if (to.from_s != null) {
    const by_s = volume.start.at_s === null ? 0 : to.from_s - volume.start.at_s;
    for (const place of volume.places) {
      if (place.time?.at_s != null) place.time = timeOf(place.time.at_s + by_s);
    }
    volume.start = timeOf(to.from_s);
  }
  if (to.to_s != null && !volume.endless) volume.end = timeOf(to.to_s);
  if (to.low != null && !volume.lower.open) volume.lower.at_m = to.low;
  if (to.high != null && !volume.upper.open) volume.upper.at_m = to.high;
}

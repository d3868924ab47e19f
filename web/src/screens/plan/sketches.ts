/** What of the form can be drawn: its volumes, and beside them what a peer would see. */
import type { Sketch } from "../../frame/sketch.ts";
import type { Activity } from "../../kernel/records.ts";
import type { Form } from "./form.ts";
import { footprintOf } from "./wire.ts";

export function sketchesOf(form: Form, sees: Activity | null): Sketch[] {
  const own = form.volumes.flatMap((volume, place): Sketch[] => {
    const footprint = footprintOf(volume);
    if (!footprint) return [];
    const { lower, upper } = volume;
    return [
      {
        id: `draft/${place}`, label: form.volumes.length > 1 ? `${form.id} ${volume.id}` : form.title || form.id, tone: "draft",
        volume: {
          id: volume.id || String(place), arena: volume.arena, footprint,
          lower_m: lower.open ? null : lower.at_m, lower_datum: lower.datum,
          upper_m: upper.open ? null : upper.at_m, upper_datum: upper.datum,
          start_s: volume.start.at_s, end_s: volume.endless ? null : volume.end.at_s,
          ...(volume.arena === "spectrum" ? { low_hz: volume.low_hz, high_hz: volume.high_hz, role: volume.role } : {}),
        },
      },
    ];
  });
  const theirs = (sees?.volumes ?? []).map((volume, place): Sketch => ({ id: `sees/${place}`, label: "◇", volume, tone: "before" }));
  return [...own, ...theirs];
}

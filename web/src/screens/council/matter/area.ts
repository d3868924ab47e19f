/** A footprint from the fields of a form: a shape, and what it is made of. */
import { live } from "../../../kernel/live.svelte.ts";
import { keyOf, type Footprint, type Point } from "../../../kernel/records.ts";
import { shown } from "../../../kernel/safe.ts";
import { rules } from "./rules.svelte.ts";
import { list, number, text, type Values } from "./spec.ts";

const NM_M = 1852;

/** Null: none, or one that cannot be read; `areaWrong` tells which. */
export function footprintOf(values: Values, name: string): Footprint | null {
  const [shape = "", more = ""] = text(values, name).split(/:(.*)/s);
  switch (shape) {
    case "theatre":
      return rules.view?.theatre ?? null;
    case "caution":
      return rules.view?.caution_areas.find((one) => one.id === more)?.area ?? null;
    case "activity":
      return ofActivity(text(values, `${name}_activity`));
    case "circle": {
      const centre = placesOf(values, name)[0];
      const radius_nm = number(values, `${name}_radius`);
      return centre && radius_nm !== null && radius_nm > 0 ? { type: "circle", centre, radius_m: radius_nm * NM_M } : null;
    }
    case "polygon": {
      const ring = placesOf(values, name);
      return ring.length >= 3 ? { type: "polygon", parts: [[ring]] } : null;
    }
    default:
      return null;
  }
}

/** The places that the node read of what was typed; none as long as one of them is not read. */
export function placesOf(values: Values, name: string): Point[] {
  return list(values, `${name}_places`).map((one) => {
    const [lon_deg = 0, lat_deg = 0] = one.split(" ").map(Number);
    return [lon_deg, lat_deg];
  });
}

/** Whether a shape was chosen that cannot be made of what was typed. */
export function areaWrong(values: Values, name: string): boolean {
  return text(values, name) !== "" && footprintOf(values, name) === null;
}

function ofActivity(name: string): Footprint | null {
  const [key = "", volume = ""] = name.split("#");
  const volumes = live.activities.get(key)?.activity.volumes ?? [];
  return (volumes.find((one) => one.id === volume) ?? volumes[0])?.footprint ?? null;
}

/** The shapes that activities have, to take one from. */
export function shapesOfActivities(): { value: string; label: string }[] {
  return live.inForce.flatMap(({ activity }) =>
    activity.volumes.map((volume) => ({
      value: `${keyOf(activity.party, activity.id)}#${volume.id}`,
      label: shown(`${activity.party} ${activity.id} ${volume.id}`, 100),
    })),
  );
}

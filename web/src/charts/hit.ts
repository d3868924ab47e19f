/** What lies under the pointer. */
import type { Box } from "./heat.ts";

export type Grip = "body" | "start" | "end";

/** Place of the smallest box at a point, a few pixels of slack allowed; -1: none. */
export function hit(boxes: readonly Box[], x: number, y: number, slack = 2): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  boxes.forEach((box, place) => {
    if (x < box.x0 - slack || x > box.x1 + slack || y < box.y0 - slack || y > box.y1 + slack) return;
    const area = Math.max(1, box.x1 - box.x0) * Math.max(1, box.y1 - box.y0);
    if (area <= least) {
      least = area;
      best = place;
    }
  });
  return best;
}

/** Which part of a box is taken hold of, along one axis; small boxes move as a whole. */
export function grip(low: number, high: number, at: number, slack = 6): Grip {
  const reach = Math.min(slack, (high - low) / 4);
  if (at <= low + reach) return "start";
  return at >= high - reach ? "end" : "body";
}

/** Shapes on a canvas, in CSS pixels from the upper left corner of the plot. */
import type { Box, Heat } from "./heat.ts";
import type { TimeRange } from "./item.ts";
import { pattern, type Colours } from "./palette.ts";
import { DASHES, sideOf } from "./party.ts";
import { xOf, type Shape } from "./scale.ts";

type Ctx = CanvasRenderingContext2D;

export interface Pen {
  ctx: Ctx;
  colours: Colours;
  width: number;
  height: number;
}

const DAY_S = 86_400;
const FLAT_PX = 12;
const MOST_DAYS = 40;
const FAINT: ReadonlySet<string> = new Set(["Ended", "Withdrawn", "before"]);
const SKETCHED: ReadonlySet<string> = new Set(["draft", "option"]);
const ROUSED: ReadonlySet<string> = new Set(["Nonconforming", "Contingent"]);

/** Large ones first, so that small ones stay seen and reached. */
export function paintShapes(pen: Pen, shapes: readonly Shape[]): void {
  const area = (box: Box) => (box.x1 - box.x0) * (box.y1 - box.y0);
  for (const shape of [...shapes].sort((a, b) => area(b) - area(a))) paintShape(pen, shape);
}

export function paintShape(pen: Pen, shape: Shape): void {
  const { ctx, colours } = pen;
  const { item } = shape;
  const side = sideOf(item);
  const colour = colours[side];
  const { x0, y0, wide, high } = seen(shape);
  ctx.save();
  const faint = FAINT.has(item.status) ? 0.45 : 1;
  const sketched = SKETCHED.has(item.status);
  const passive = item.role === "receive" || item.role === "guard";
  ctx.globalAlpha = faint * (passive ? 0.55 : sketched ? 0.06 : 0.2);
  ctx.fillStyle = passive ? pattern(ctx, item.role === "guard" ? "bars" : "dots", colour) : colour;
  ctx.fillRect(x0, y0, wide, high);
  ctx.globalAlpha = faint;
  if (item.conflict) {
    ctx.lineWidth = 3.5;
    ctx.strokeStyle = colours.conflict;
    ctx.strokeRect(x0, y0, wide, high);
  }
  ctx.setLineDash(DASHES[side]);
  ctx.lineWidth = item.status === "Activated" || sketched ? 2.5 : 1.5;
  ctx.strokeStyle = colour;
  ctx.strokeRect(x0, y0, wide, high);
  if (ROUSED.has(item.status) && wide > 8 && high > 8) {
    ctx.strokeRect(x0 + 3, y0 + 3, wide - 6, high - 6);
  }
  ctx.restore();
  arrows(pen, shape, colour);
}

/** At least a hair wide and high. */
function seen({ x0, x1, y0, y1 }: Box): { x0: number; y0: number; wide: number; high: number } {
  const wide = Math.max(2, x1 - x0);
  const high = Math.max(2, y1 - y0);
  return { x0: (x0 + x1 - wide) / 2, y0: (y0 + y1 - high) / 2, wide, high };
}

/** A bound that is open is an arrow at the edge. */
function arrows({ ctx }: Pen, shape: Shape, colour: string): void {
  const x = (shape.x0 + shape.x1) / 2;
  const y = (shape.y0 + shape.y1) / 2;
  ctx.fillStyle = colour;
  if (shape.left) arrow(ctx, shape.x0 + 1, y, 7, 0);
  if (shape.right) arrow(ctx, shape.x1 - 1, y, -7, 0);
  if (shape.above) arrow(ctx, x, shape.y0 + 1, 0, 7);
  if (shape.below) arrow(ctx, x, shape.y1 - 1, 0, -7);
}

function arrow(ctx: Ctx, x: number, y: number, dx: number, dy: number): void {
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x + dx - dy * 0.7, y + dy - dx * 0.7);
  ctx.lineTo(x + dx + dy * 0.7, y + dy + dx * 0.7);
  ctx.fill();
}

/** The days' borders stand out from the hours. */
export function paintMidnights({ ctx, colours, width, height }: Pen, range: TimeRange): void {
  if (range.to_s - range.from_s > MOST_DAYS * DAY_S) return;
  ctx.fillStyle = colours.soft;
  for (let at_s = Math.ceil(range.from_s / DAY_S) * DAY_S; at_s < range.to_s; at_s += DAY_S) {
    ctx.fillRect(Math.round(xOf(range, at_s, width)), 0, 1, height);
  }
}

export function paintConflict(pen: Pen, box: Box, thick: boolean): void {
  const { ctx, colours } = pen;
  const x0 = Math.min(box.x0, (box.x0 + box.x1) / 2 - 3);
  const x1 = Math.max(box.x1, (box.x0 + box.x1) / 2 + 3);
  const y0 = Math.min(box.y0, (box.y0 + box.y1) / 2 - 3);
  const y1 = Math.max(box.y1, (box.y0 + box.y1) / 2 + 3);
  ctx.fillStyle = pattern(ctx, "hatch", colours.conflict);
  ctx.fillRect(x0, y0, x1 - x0, y1 - y0);
  ctx.lineWidth = thick ? 3.5 : Math.min(x1 - x0, y1 - y0) < FLAT_PX ? 1.5 : 2.25;
  ctx.strokeStyle = colours.conflict;
  ctx.strokeRect(x0, y0, x1 - x0, y1 - y0);
}

/** A ring; a thin one around what belongs to the same activity. */
export function paintSelected({ ctx, colours }: Pen, box: Box, itself: boolean): void {
  const { x0, y0, wide, high } = seen(box);
  ctx.lineWidth = itself ? 2 : 1;
  ctx.strokeStyle = colours.focus;
  ctx.strokeRect(x0 - 3.5, y0 - 3.5, wide + 7, high + 7);
}

/** Two bars to take hold of where an item can be stretched. */
export function paintGrips({ ctx, colours }: Pen, box: Box, axis: "x" | "y"): void {
  const x = (box.x0 + box.x1) / 2;
  const y = (box.y0 + box.y1) / 2;
  ctx.fillStyle = colours.focus;
  for (const end of axis === "x" ? [box.x0, box.x1] : [box.y0, box.y1]) {
    if (axis === "x") ctx.fillRect(end - 2, y - 7, 4, 14);
    else ctx.fillRect(x - 7, end - 2, 14, 4);
  }
}

export const HEAT_STEPS = 6;

/** Step of a count among the shades, from 1; the scale is logarithmic. */
export function heatStep(count: number, most: number): number {
  if (count <= 0) return 0;
  if (most <= 1) return 1;
  return 1 + Math.round((Math.log(count) / Math.log(most)) * (HEAT_STEPS - 1));
}

export function heatAlpha(step: number): number {
  return 0.1 + (0.8 * step) / HEAT_STEPS;
}

export function paintHeat({ ctx, colours }: Pen, heat: Heat, cell: number): void {
  ctx.fillStyle = colours.ink;
  for (let step = 1; step <= HEAT_STEPS; step++) {
    ctx.globalAlpha = heatAlpha(step);
    for (let place = 0; place < heat.counts.length; place++) {
      if (heatStep(heat.counts[place] ?? 0, heat.most) !== step) continue;
      const column = place % heat.columns;
      ctx.fillRect(column * cell, Math.floor(place / heat.columns) * cell, cell, cell);
    }
  }
  ctx.globalAlpha = 1;
}

/** Names on shapes, where there is room and nothing else is written. */
import type { Box } from "./heat.ts";
import type { Pen } from "./paint.ts";
import { letterOf, sideOf } from "./party.ts";
import type { Shape } from "./scale.ts";

const LINE = 15;
const MOST = 200;
export const BADGE = 13;

function overlaps(a: Box, b: Box): boolean {
  return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

/** Letter of the party on its colour, at a place; centre_y: its middle. */
export function paintBadge(
  { ctx, colours }: Pen,
  of: { party: string; ours: boolean; third?: boolean | undefined },
  x: number,
  centre_y: number,
): void {
  ctx.fillStyle = colours[sideOf(of)];
  ctx.fillRect(x, centre_y - BADGE / 2, BADGE, BADGE);
  ctx.fillStyle = colours.panel;
  ctx.font = `700 10px ${colours.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(letterOf(of.party), x + BADGE / 2, centre_y + 0.5);
  ctx.textAlign = "left";
}

/** What words stand on, so that no line runs through them. */
export function plate({ ctx, colours }: Pen, x: number, y: number, wide: number, high: number): void {
  ctx.globalAlpha = 0.86;
  ctx.fillStyle = colours.panel;
  ctx.fillRect(x, y, wide, high);
  ctx.globalAlpha = 1;
}

/** Text cut to a width, with an ellipsis where it was cut. */
export function fitted(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) return text;
  const letters = [...text];
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const cut = `${letters.slice(0, middle).join("")}…`;
    if (ctx.measureText(cut).width <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? "" : `${letters.slice(0, low).join("")}…`;
}

/** Write the name of each shape in its upper corner, or above it where it is flat. */
export function paintLabels(
  pen: Pen,
  shapes: readonly Shape[],
  text: (shape: Shape) => string,
): void {
  const { ctx, colours } = pen;
  const written: Box[] = [];
  const first = [...shapes].sort(
    (a, b) => Number(b.item.selected) - Number(a.item.selected) || b.x1 - b.x0 - (a.x1 - a.x0),
  );
  for (const shape of first) {
    const room = shape.x1 - shape.x0 - 6;
    if (room < BADGE || written.length >= MOST) return;
    const flat = shape.y1 - shape.y0 < LINE + 1;
    const y0 = flat ? shape.y0 - LINE - 1 : shape.y0 + 2;
    if (y0 < 0) continue;
    ctx.font = `12px ${colours.font}`;
    const words = room < BADGE + 24 ? "" : fitted(ctx, text(shape), room - BADGE - 5);
    const x0 = shape.x0 + 3;
    const wide = BADGE + (words ? 4 + ctx.measureText(words).width : 0);
    const box = { x0, y0, x1: x0 + wide, y1: y0 + LINE };
    if (written.some((other) => overlaps(other, box))) continue;
    written.push(box);
    paintBadge(pen, shape.item, x0, y0 + LINE / 2);
    if (!words) continue;
    ctx.font = `12px ${colours.font}`;
    plate(pen, x0 + BADGE + 1, y0, wide - BADGE + 2, LINE);
    ctx.fillStyle = colours.ink;
    ctx.fillText(words, x0 + BADGE + 4, y0 + LINE / 2 + 0.5);
  }
}

/** Named bands along a frequency axis. */
import { clipped } from "./clip.ts";
import type { NamedBand } from "./item.ts";
import { fitted, plate } from "./labels.ts";
import type { Pen } from "./paint.ts";
import { yOf, type Axis } from "./scale.ts";

export const STRIP_PX = 46;
const NAME_PX = 110;
const LEAST_PX = 12;

interface Seen {
  name: string;
  top: number;
  high: number;
}

function seen(bands: readonly NamedBand[], lane: 0 | 1, axis: Axis, height: number): Seen[] {
  return bands.flatMap((band) => {
    const part = band.lane === lane ? clipped(band.low, band.high, axis.low, axis.high) : null;
    if (!part) return [];
    const top = yOf(axis, part.to, height);
    return [{ name: band.name, top, high: Math.max(1, yOf(axis, part.from, height) - top) }];
  });
}

function write(pen: Pen, { name, top, high }: Seen, x: number, room: number): void {
  const { ctx, colours } = pen;
  ctx.font = `11px ${colours.font}`;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  const text = fitted(ctx, name, room);
  plate(pen, x - 2, top + high / 2 - 6, ctx.measureText(text).width + 4, 12);
  ctx.fillStyle = colours.soft;
  ctx.fillText(text, x, top + high / 2);
}

/** Services lie under the shapes as shaded stretches. */
export function shadeServices({ ctx, colours, width, height }: Pen, axis: Axis, bands: readonly NamedBand[]): void {
  ctx.fillStyle = colours.hair;
  ctx.globalAlpha = 0.6;
  for (const { top, high } of seen(bands, 1, axis, height)) ctx.fillRect(0, top, width, high);
  ctx.globalAlpha = 1;
}

/** Their names lie over the shapes, where there is room for them. */
export function nameServices(pen: Pen, axis: Axis, bands: readonly NamedBand[]): void {
  const written: number[] = [];
  const places = seen(bands, 1, axis, pen.height).sort((a, b) => b.high - a.high);
  for (const place of places) {
    const middle = place.top + place.high / 2;
    if (middle < LEAST_PX / 2 || middle > pen.height - LEAST_PX / 2) continue;
    if (written.some((other) => Math.abs(other - middle) < LEAST_PX)) continue;
    write(pen, place, pen.width - NAME_PX, NAME_PX - 4);
    written.push(middle);
  }
}

/** The ITU's bands stand beside the plot. */
export function paintStrip(pen: Pen, axis: Axis, bands: readonly NamedBand[], left: boolean): void {
  const { ctx, colours, width, height } = pen;
  const x = left ? -STRIP_PX + 2 : width + 4;
  for (const place of seen(bands, 0, axis, height)) {
    ctx.lineWidth = 1;
    ctx.strokeStyle = colours.rule;
    ctx.strokeRect(x + 0.5, place.top + 0.5, STRIP_PX - 7, place.high - 1);
    if (place.high >= LEAST_PX) write(pen, place, x + 5, STRIP_PX - 12);
  }
}

/** Named bands along the edge of a frequency axis. */
import { clipped } from "./clip.ts";
import type { NamedBand } from "./item.ts";
import { fitted } from "./labels.ts";
import type { Pen } from "./paint.ts";
import { yOf, type Axis } from "./scale.ts";

const WIDE = [40, 96] as const;
const LEAST_PX = 12;

/** Outermost the ITU bands, within them the services; a line where a service begins and ends. */
export function paintBands(pen: Pen, axis: Axis, bands: readonly NamedBand[]): void {
  const { ctx, colours, width, height } = pen;
  ctx.font = `11px ${colours.font}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.lineWidth = 1;
  for (const band of bands) {
    const seen = clipped(band.low, band.high, axis.low, axis.high);
    if (!seen) continue;
    const top = yOf(axis, seen.to, height);
    const bottom = yOf(axis, seen.from, height);
    const wide = WIDE[band.lane];
    const x = band.lane === 0 ? width - WIDE[0] : width - WIDE[0] - WIDE[1];
    ctx.fillStyle = colours.hair;
    ctx.globalAlpha = 0.6;
    ctx.fillRect(x, top, wide - 2, Math.max(1, bottom - top));
    if (band.lane === 1) ctx.fillRect(0, top, x, Math.max(1, bottom - top));
    ctx.globalAlpha = 1;
    if (bottom - top < LEAST_PX) continue;
    ctx.fillStyle = colours.soft;
    ctx.fillText(fitted(ctx, band.name, wide - 10), x + 4, (top + bottom) / 2);
    if (band.lane === 0) {
      ctx.strokeStyle = colours.rule;
      ctx.strokeRect(x + 0.5, top + 0.5, wide - 3, bottom - top - 1);
    }
  }
}

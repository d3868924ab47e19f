/** Values on pixels and back, and items as shapes on them. */
import { clipped } from "./clip.ts";
import type { Box } from "./heat.ts";
import type { Bounds, ChartItem, TimeRange } from "./item.ts";

/** A vertical axis; top: low values lie above, as rows do. */
export interface Axis {
  low: number;
  high: number;
  log?: boolean;
  top?: boolean;
}

export interface Size {
  width: number;
  height: number;
}

/** A box with what it stands for, pixels from the upper left corner of the plot. */
export interface Shape extends Box {
  item: ChartItem;
  /** Bounds that are open: an arrow stands there. */
  left: boolean;
  right: boolean;
  above: boolean;
  below: boolean;
}

export function yOf(axis: Axis, value: number, height: number): number {
  const share = axis.log
    ? Math.log(value / axis.low) / Math.log(axis.high / axis.low)
    : (value - axis.low) / (axis.high - axis.low);
  return (axis.top ? share : 1 - share) * height;
}

export function atY(axis: Axis, y: number, height: number): number {
  const share = axis.top ? y / height : 1 - y / height;
  return axis.log
    ? axis.low * (axis.high / axis.low) ** share
    : axis.low + share * (axis.high - axis.low);
}

export function xOf(range: TimeRange, at_s: number, width: number): number {
  return ((at_s - range.from_s) / (range.to_s - range.from_s)) * width;
}

export function atX(range: TimeRange, x: number, width: number): number {
  return range.from_s + (x / width) * (range.to_s - range.from_s);
}

/** The part of bounds that is seen, as a box; null: none of it. */
export function boxOf(
  bounds: Bounds,
  range: TimeRange,
  axis: Axis,
  { width, height }: Size,
): (Box & Pick<Shape, "left" | "right" | "above" | "below">) | null {
  const time = clipped(bounds.from_s, bounds.to_s, range.from_s, range.to_s);
  const band = clipped(bounds.low, seenHigh(bounds), axis.low, axis.high);
  if (!time || !band) return null;
  const low_y = yOf(axis, band.from, height);
  const high_y = yOf(axis, band.to, height);
  return {
    x0: xOf(range, time.from, width),
    x1: xOf(range, time.to, width),
    y0: Math.min(low_y, high_y),
    y1: Math.max(low_y, high_y),
    left: time.open_from,
    right: time.open_to,
    above: axis.top ? band.open_from : band.open_to,
    below: axis.top ? band.open_to : band.open_from,
  };
}

/** A band without thickness is still seen: as a line. */
function seenHigh({ low, high }: Bounds): number | null {
  return low !== null && high === low ? high + Math.max(Math.abs(high), 1) * 1e-9 : high;
}

export function shapesOf(
  items: readonly ChartItem[],
  bounds: (item: ChartItem) => Bounds | null,
  range: TimeRange,
  axis: Axis,
  size: Size,
): Shape[] {
  const out: Shape[] = [];
  for (const item of items) {
    const where = bounds(item);
    const box = where && boxOf(where, range, axis, size);
    if (box) out.push({ ...box, item });
  }
  return out;
}

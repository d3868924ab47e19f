/** Rows of the Gantt chart on a canvas: their ground, and their names beside the plot. */
import type { Row } from "./gantt.ts";
import { BADGE, fitted, paintBadge } from "./labels.ts";
import type { Pen } from "./paint.ts";
import { yOf, type Axis } from "./scale.ts";

const INDENT = 22;

function eachRow(axis: Axis, rows: readonly Row[], height: number, draw: (row: Row, y: number, high: number, place: number) => void): void {
  const high = height / (axis.high - axis.low);
  for (let place = Math.floor(axis.low); place < Math.min(axis.high, rows.length); place++) {
    const row = rows[place];
    if (row) draw(row, yOf(axis, place, height), high, place);
  }
}

export function paintRows({ ctx, colours, width, height }: Pen, axis: Axis, rows: readonly Row[], chosen: number): void {
  eachRow(axis, rows, height, (row, y, high, place) => {
    if (row.activity === "" || place === chosen) {
      ctx.globalAlpha = place === chosen ? 0.14 : 0.6;
      ctx.fillStyle = place === chosen ? colours.focus : colours.hair;
      ctx.fillRect(0, y, width, high);
      ctx.globalAlpha = 1;
    }
    ctx.fillStyle = colours.hair;
    ctx.fillRect(0, y + high - 1, width, 1);
  });
}

interface Names {
  chosen: number;
  gutter_px: number;
  /** Names stand right of the plot. */
  right: boolean;
  shown: (text: string, most?: number) => string;
}

export function paintRowNames(pen: Pen, axis: Axis, rows: readonly Row[], names: Names): void {
  const { ctx, colours, width, height } = pen;
  const left = names.right ? width + 8 : -names.gutter_px + 4;
  const room = names.gutter_px - 16;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, 0, names.gutter_px - 8, height);
  ctx.clip();
  eachRow(axis, rows, height, (row, y, high, place) => {
    const middle = y + high / 2;
    const heading = row.activity === "";
    if (heading) paintBadge(pen, row, names.right ? left + room - BADGE : left + 2, middle);
    ctx.font = `${heading || place === names.chosen ? "600 " : ""}12px ${colours.font}`;
    ctx.fillStyle = colours.ink;
    ctx.textBaseline = "middle";
    ctx.textAlign = names.right ? "right" : "left";
    const text = fitted(ctx, names.shown(row.label, 80), room - INDENT);
    ctx.fillText(text, names.right ? left + room - INDENT : left + INDENT, middle + 0.5);
  });
  ctx.restore();
}

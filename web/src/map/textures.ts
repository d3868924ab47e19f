/** Pictures for the map, drawn once on a canvas: textures, badges, symbols. */
import { faded, type Palette } from "./palette.ts";
import type { Arena, Side } from "./shapes.ts";

export const RATIO = 2;
const TILE = 24;
const SYMBOL = 22;
const BADGE = 15;
const MOST_WRITTEN = 200;
const EDGES: Readonly<Record<Side, number[]>> = { own: [], peer: [3, 1.8], third: [1, 1.6] };
const FONT = "600 10px sans-serif";
const LABEL_FONT = "12px sans-serif";
export const SIDES: readonly Side[] = ["own", "peer", "third"];
export const ARENAS: readonly Arena[] = ["air", "sea", "spectrum"];

type Pen = OffscreenCanvasRenderingContext2D;
export type Picture = ImageData;

/** The name of each picture says all that it shows: what:side:rest. */
export function pictureOf(name: string, palette: Palette): Picture | null {
  const [what, side, ...rest] = name.split(":");
  const text = rest.join(":");
  if (what === "hatch") return hatch(palette);
  if (!SIDES.includes(side as Side)) return null;
  const colour = palette.sides[side as Side];
  if (what === "fill") return fill(text as Arena, colour, palette);
  if (what === "mover") return symbol(text as Arena, side as Side, colour, palette);
  if (what === "badge") return badge(text, side as Side, colour, palette);
  if (what === "written")
    return written(rest[0] ?? "", rest.slice(1).join(":"), colour, palette, side as Side);
  return null;
}

export function fixedPictures(): string[] {
  const pairs = SIDES.flatMap((side) => ARENAS.map((arena) => `${side}:${arena}`));
  return ["hatch", ...pairs.flatMap((pair) => [`fill:${pair}`, `mover:${pair}`])];
}

/** Text that the map's own labels cannot set: its letters join or run from the right. */
export function needsCanvas(text: string): boolean {
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u0900-\u0dff]/.test(text);
}

function painted(width: number, height: number, draw: (pen: Pen) => void): Picture {
  const canvas = new OffscreenCanvas(Math.ceil(width * RATIO), Math.ceil(height * RATIO));
  const pen = canvas.getContext("2d") as Pen;
  pen.scale(RATIO, RATIO);
  draw(pen);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

/** Air: crosses, as chart makers mark the sky; sea: waves; radio: arcs that spread. */
function fill(arena: Arena, colour: string, palette: Palette): Picture {
  return painted(TILE, TILE, (pen) => {
    pen.fillStyle = faded(colour, palette.tint);
    pen.fillRect(0, 0, TILE, TILE);
    pen.strokeStyle = faded(colour, palette.texture);
    pen.lineWidth = 1;
    pen.lineCap = "round";
    for (const [x, y] of [[6, 6], [18, 18]] as const) mark(pen, arena, x, y);
  });
}

function mark(pen: Pen, arena: Arena, x: number, y: number): void {
  pen.beginPath();
  if (arena === "air") {
    pen.moveTo(x - 2.5, y);
    pen.lineTo(x + 2.5, y);
    pen.moveTo(x, y - 2.5);
    pen.lineTo(x, y + 2.5);
  } else if (arena === "sea") {
    pen.moveTo(x - 5, y);
    pen.quadraticCurveTo(x - 2.5, y - 4, x, y);
    pen.quadraticCurveTo(x + 2.5, y + 4, x + 5, y);
  } else {
    pen.arc(x - 2, y + 2, 3, -Math.PI / 2, 0);
    pen.moveTo(x - 2, y - 4);
    pen.arc(x - 2, y + 2, 6, -Math.PI / 2, 0);
  }
  pen.stroke();
}

function hatch(palette: Palette): Picture {
  return painted(12, 12, (pen) => {
    pen.fillStyle = faded(palette.conflict, 0.14);
    pen.fillRect(0, 0, 12, 12);
    pen.strokeStyle = faded(palette.conflict, 0.95);
    pen.lineWidth = 1.8;
    pen.beginPath();
    for (const at of [-12, 0, 12]) {
      pen.moveTo(at - 1, 13);
      pen.lineTo(at + 13, -1);
    }
    pen.stroke();
  });
}

/** Air: a dome; sea: a hull; radio: a lozenge. Ours full, a peer's hollow, others a bare line. */
function symbol(arena: Arena, side: Side, colour: string, palette: Palette): Picture {
  return painted(SYMBOL, SYMBOL, (pen) => {
    pen.translate(SYMBOL / 2, SYMBOL / 2);
    outline(pen, arena);
    pen.lineJoin = "round";
    pen.strokeStyle = palette.halo;
    pen.lineWidth = 4.5;
    pen.stroke();
    pen.fillStyle = side === "own" ? colour : palette.halo;
    pen.fill();
    pen.strokeStyle = colour;
    pen.lineWidth = 2;
    if (side === "third") pen.setLineDash([1.5, 2]);
    pen.stroke();
    if (side === "peer") dot(pen, colour);
  });
}

function outline(pen: Pen, arena: Arena): void {
  pen.beginPath();
  if (arena === "air") {
    pen.arc(0, 2, 6.5, Math.PI, 0);
    pen.lineTo(6.5, 4.5);
    pen.lineTo(-6.5, 4.5);
  } else if (arena === "sea") {
    pen.moveTo(-7, -3);
    pen.lineTo(7, -3);
    pen.lineTo(3.5, 4.5);
    pen.lineTo(-3.5, 4.5);
  } else {
    pen.moveTo(0, -7);
    pen.lineTo(6, 0);
    pen.lineTo(0, 7);
    pen.lineTo(-6, 0);
  }
  pen.closePath();
}

function dot(pen: Pen, colour: string): void {
  pen.beginPath();
  pen.setLineDash([]);
  pen.arc(0, 0.5, 1.7, 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.fill();
}

function badge(letter: string, side: Side, colour: string, palette: Palette): Picture {
  return painted(BADGE, BADGE, (pen) => stamp(pen, letter, side, colour, palette));
}

function stamp(pen: Pen, letter: string, side: Side, colour: string, palette: Palette): void {
  pen.beginPath();
  pen.roundRect(1, 1, BADGE - 2, BADGE - 2, 2.5);
  pen.fillStyle = palette.halo;
  pen.fill();
  pen.lineWidth = 1.8;
  pen.strokeStyle = colour;
  pen.setLineDash(EDGES[side]);
  pen.stroke();
  pen.setLineDash([]);
  pen.font = FONT;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillStyle = colour;
  pen.fillText(letter, BADGE / 2, BADGE / 2 + 0.7);
}

/** A badge in the middle with its text to the right, as the map sets its own labels. */
function written(
  letter: string, text: string, colour: string, palette: Palette, side: Side,
): Picture {
  const measure = new OffscreenCanvas(1, 1).getContext("2d") as Pen;
  measure.font = LABEL_FONT;
  const half = Math.min(MOST_WRITTEN, Math.ceil(measure.measureText(text).width)) + BADGE;
  return painted(2 * half, BADGE + 3, (pen) => {
    pen.save();
    pen.translate(half - BADGE / 2, 1.5);
    stamp(pen, letter, side, colour, palette);
    pen.restore();
    pen.font = LABEL_FONT;
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    pen.lineJoin = "round";
    pen.lineWidth = 3;
    pen.strokeStyle = palette.halo;
    pen.strokeText(text, half + 10, BADGE / 2 + 2, MOST_WRITTEN);
    pen.fillStyle = palette.ink;
    pen.fillText(text, half + 10, BADGE / 2 + 2, MOST_WRITTEN);
  });
}

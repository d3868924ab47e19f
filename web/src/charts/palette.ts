/** The theme's colours, for the canvas. */
import type { Side } from "./party.ts";

export type Colours = Record<
  Side | "panel" | "ink" | "soft" | "rule" | "hair" | "conflict" | "focus" | "font",
  string
>;

const NAMES = [
  "panel", "ink", "soft", "rule", "hair", "own", "peer", "third", "conflict", "focus",
] as const;

export function coloursAt(element: Element): Colours {
  const style = getComputedStyle(element);
  const found = NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim() || style.color]);
  return { ...(Object.fromEntries(found) as Colours), font: style.fontFamily };
}

/** Call back when the theme changes; returns what ends it. */
export function onTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["data-theme", "data-size", "dir", "lang"],
  });
  return () => observer.disconnect();
}

// In software a large tile that lies in memory is filled ten times as fast as a small one.
const TILE_PX = 256;
const STEP_PX = 8;
const PATTERNS = new Map<string, CanvasPattern | null>();

/** Diagonals (a conflict), dots (a receiver) or bars (a guarded band), in a colour. */
export function pattern(
  ctx: CanvasRenderingContext2D,
  kind: "hatch" | "dots" | "bars",
  colour: string,
): CanvasPattern | string {
  const key = `${kind} ${colour}`;
  let found = PATTERNS.get(key);
  if (found === undefined) {
    if (PATTERNS.size > 60) PATTERNS.clear();
    found = ctx.createPattern(tile(kind, colour), "repeat");
    PATTERNS.set(key, found);
  }
  return found ?? colour;
}

function tile(kind: "hatch" | "dots" | "bars", colour: string): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = TILE_PX;
  const ctx = canvas.getContext("2d", { willReadFrequently: true });
  if (!ctx) return canvas;
  ctx.fillStyle = ctx.strokeStyle = colour;
  ctx.lineWidth = kind === "bars" ? 1.5 : 1.6;
  for (let at = 0; at < 2 * TILE_PX; at += STEP_PX) {
    if (kind === "hatch") {
      ctx.moveTo(at + 1, -1);
      ctx.lineTo(at - TILE_PX - 1, TILE_PX + 1);
    } else if (kind === "bars") {
      ctx.moveTo(0, at + 3.5);
      ctx.lineTo(TILE_PX, at + 3.5);
    } else {
      for (let x = 0; x < TILE_PX; x += STEP_PX) {
        ctx.rect(x + 1, at + 1, 2, 2);
        ctx.rect(x + 5, at + 5, 2, 2);
      }
    }
  }
  if (kind === "dots") ctx.fill();
  else ctx.stroke();
  return canvas;
}

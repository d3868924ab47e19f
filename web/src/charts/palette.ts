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
  canvas.width = canvas.height = 8;
  const ctx = canvas.getContext("2d");
  if (!ctx) return canvas;
  ctx.fillStyle = ctx.strokeStyle = colour;
  if (kind === "dots") {
    ctx.fillRect(1, 1, 2, 2);
    ctx.fillRect(5, 5, 2, 2);
  } else if (kind === "bars") {
    ctx.fillRect(0, 3, 8, 1.5);
  } else {
    ctx.lineWidth = 1.6;
    for (const shift of [-8, 0, 8]) {
      ctx.moveTo(shift - 1, 9);
      ctx.lineTo(shift + 9, -1);
    }
    ctx.stroke();
  }
  return canvas;
}

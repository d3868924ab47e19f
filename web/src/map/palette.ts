/** The map's colours, a table a theme. tests/map_palette.test.ts holds them to their contrast. */
import type { Side } from "./shapes.ts";

export type MapTheme = "day" | "dusk" | "night";

export interface Palette {
  readonly sea: string;
  readonly land: string;
  readonly coast: string;
  readonly grid: string;
  readonly grid_text: string;
  readonly sides: Readonly<Record<Side, string>>;
  readonly conflict: string;
  readonly chosen: string;
  readonly drawn: string;
  readonly ink: string;
  readonly halo: string;
  /** How strongly an area's tint and its texture show. */
  readonly tint: number;
  readonly texture: number;
}

// Parties, conflicts and ink as frame/theme.css has them. Night: dim and of low blue, for eyes that
// must stay used to the dark (after IHO S-52's night).
export const PALETTES: Readonly<Record<MapTheme, Palette>> = {
  day: {
    sea: "#dce7ee",
    land: "#f4f2ec",
    coast: "#8d9aa3",
    grid: "#c3d0d9",
    grid_text: "#51616d",
    sides: { own: "#005f99", peer: "#a84300", third: "#7d4088" },
    conflict: "#a51d1d",
    chosen: "#101418",
    drawn: "#005f46",
    ink: "#14202b",
    halo: "#f8fafb",
    tint: 0.09,
    texture: 0.42,
  },
  dusk: {
    sea: "#0f1c27",
    land: "#1d2a34",
    coast: "#4f6373",
    grid: "#213340",
    grid_text: "#8ba0b0",
    sides: { own: "#5cb8ee", peer: "#eba11c", third: "#d68fb8" },
    conflict: "#ff7c70",
    chosen: "#f6f8fa",
    drawn: "#5fe0b4",
    ink: "#e4ebf0",
    halo: "#0b141c",
    tint: 0.11,
    texture: 0.45,
  },
  night: {
    sea: "#050504",
    land: "#12100d",
    coast: "#3a332a",
    grid: "#1a1814",
    grid_text: "#94816f",
    sides: { own: "#7f9f9a", peer: "#c08a35", third: "#a57a90" },
    conflict: "#e0604f",
    chosen: "#c9b48e",
    drawn: "#a39a3c",
    ink: "#b9a48f",
    halo: "#050504",
    tint: 0.1,
    texture: 0.4,
  },
};

/** The contrast of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

export function channels(colour: string): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

export function faded(colour: string, opacity: number): string {
  return `rgba(${channels(colour).join(", ")}, ${opacity})`;
}

function luminance(colour: string): number {
  const [red, green, blue] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Bands as they are typed, in megahertz, and as they are said. */
import { saidFreq } from "../../charts/frequency.ts";

const MHZ = 1e6;

/** Hertz of megahertz, without the crumbs of binary fractions. */
export function hz(of_mhz: number | null): number | null {
  return of_mhz === null || !Number.isFinite(of_mhz) ? null : Math.round(of_mhz * MHZ * 1000) / 1000;
}

export function mhz(of_hz: number | null): number | null {
  return of_hz === null ? null : Number((of_hz / MHZ).toFixed(9));
}

/** A band marked with the pointer, to as many digits as its width deserves. */
export function neat(low_hz: number, high_hz: number): [number, number] {
  const step = 10 ** Math.floor(Math.log10(Math.max(high_hz - low_hz, 1)) - 2);
  const low = Math.floor(low_hz / step) * step;
  return [low > 0 ? low : low_hz, Math.ceil(high_hz / step) * step];
}

export const saidBand = (low_hz: number, high_hz: number): string => `${saidFreq(low_hz)} – ${saidFreq(high_hz)}`;

export function isBand(low_hz: number | null, high_hz: number | null): boolean {
  return low_hz !== null && high_hz !== null && low_hz > 0 && high_hz > low_hz;
}

export interface OwnBand {
  name: string;
  low_hz: number;
  high_hz: number;
}

/** A user's table of bands: name, lower and upper edge in MHz; what cannot be read is told by line. */
export function readBands(text: string): { bands: OwnBand[]; faults: { line: number; text: string }[] } {
  const bands: OwnBand[] = [];
  const faults: { line: number; text: string }[] = [];
  text.split(/\r\n|[\n\r]/).forEach((line, at) => {
    if (!line.trim() || line.trim().startsWith("#")) return;
    const cells = line.split(/[\t;,]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
    const [name = "", low = "", high = ""] = cells;
    const [low_hz, high_hz] = [hz(numberOf(low)), hz(numberOf(high))];
    if (name && isBand(low_hz, high_hz)) bands.push({ name, low_hz: low_hz!, high_hz: high_hz! });
    else if (at > 0 || numberOf(low) !== null) faults.push({ line: at + 1, text: line.slice(0, 80) });
  });
  return { bands, faults };
}

function numberOf(cell: string): number | null {
  return /^\d+(\.\d+)?$/.test(cell) ? Number(cell) : null;
}

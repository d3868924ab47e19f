/** A scale bar: a round length that takes at most so many pixels. */

export interface Bar {
  readonly length: number;
  readonly width_px: number;
}

const ROUND = [1, 2, 5];

export function bar(metres_per_px: number, metres_per_unit: number, most_px: number): Bar {
  const most = (metres_per_px * most_px) / metres_per_unit;
  const power = 10 ** Math.floor(Math.log10(most));
  const length = power * (ROUND.filter((round) => round * power <= most).at(-1) ?? 1);
  return { length, width_px: (length * metres_per_unit) / metres_per_px };
}

/** Metres on the ground for a pixel in the middle of the map (Mercator, 512-pixel world). */
export function metresPerPixel(lat_deg: number, zoom: number): number {
  return (Math.cos((lat_deg * Math.PI) / 180) * 2 * Math.PI * 6_378_137) / (512 * 2 ** zoom);
}

/** Frequencies as radio people write them, and the bands they name. */

/** Hz; kHz up to 3000 kHz; MHz up to 3000 MHz; then GHz (ITU Radio Regulations, No. 2.1). */
function unitOf(freq_hz: number): [number, string] {
  if (freq_hz < 3e3) return freq_hz >= 1e3 ? [1e3, "kHz"] : [1, "Hz"];
  if (freq_hz < 3e6) return [1e3, "kHz"];
  return freq_hz < 3e9 ? [1e6, "MHz"] : [1e9, "GHz"];
}

/** 121.5 MHz, 2182 kHz, 9.41 GHz; with as many digits as a step on the axis asks for. */
export function saidFreq(freq_hz: number, step_hz = 0): string {
  const [scale, unit] = unitOf(Math.abs(freq_hz));
  const value = freq_hz / scale;
  const digits = step_hz > 0 ? Math.max(0, Math.ceil(-Math.log10(step_hz / scale) - 1e-9)) : 6;
  const text = value.toFixed(Math.min(digits, 9));
  return `${text.includes(".") ? text.replace(/\.?0+$/, "") : text} ${unit}`;
}

/** ITU Radio Regulations, No. 2.1: bands 4 to 11 by their letters. */
export const ITU_BANDS = [
  ["VLF", 3e3],
  ["LF", 3e4],
  ["MF", 3e5],
  ["HF", 3e6],
  ["VHF", 3e7],
  ["UHF", 3e8],
  ["SHF", 3e9],
  ["EHF", 3e10],
] as const;

/** Services that a plan at sea or in the air meets: lower and upper edge in hertz. */
export const SERVICES = {
  hf_air: [2.85e6, 22e6],
  ils: [108e6, 117.975e6],
  vhf_air: [117.975e6, 137e6],
  vhf_marine: [156e6, 162.05e6],
  uhf_air: [225e6, 400e6],
  distress: [406e6, 406.1e6],
  dme: [960e6, 1164e6],
  gnss_l5: [1164e6, 1215e6],
  gnss_l2: [1215e6, 1300e6],
  gnss_l1: [1559e6, 1610e6],
  radar_s: [2.9e9, 3.1e9],
  altimeter: [4.2e9, 4.4e9],
  radar_x: [9.3e9, 9.5e9],
} as const satisfies Record<string, readonly [number, number]>;
export type Service = keyof typeof SERVICES;

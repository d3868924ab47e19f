/** Where a vertical axis is marked. */

/** The least of 1, 2, 5 times a power of ten that is no less. */
export function nice(least: number): number {
  if (!(least > 0) || !Number.isFinite(least)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const share = least / power;
  const mantissa = [1, 2, 5, 10].find((one) => share <= one * (1 + 1e-12)) ?? 10;
  return mantissa * power;
}

/** Round values within [low, high], so many pixels apart at least. */
export function linearTicks(low: number, high: number, size_px: number, apart_px = 28): number[] {
  if (!(high > low) || !(size_px > 0)) return [];
  const step = nice(((high - low) * apart_px) / size_px);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) =>
    tidy((first + place) * step),
  );
}

const MANTISSAS = [[1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 5], [1, 3], [1]];

/** Round values on a logarithmic axis: the densest set that leaves room for its labels. */
export function logTicks(low: number, high: number, size_px: number, apart_px = 22): number[] {
  if (!(low > 0) || !(high > low) || !(size_px > 0)) return [];
  if (high / low < 4) return linearTicks(low, high, size_px);
  const decade_px = size_px / Math.log10(high / low);
  const set = MANTISSAS.find((one) => closest(one) * decade_px >= apart_px);
  const every = set ? 1 : Math.ceil(apart_px / decade_px);
  const out: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    if (power % every !== 0) continue;
    for (const mantissa of set ?? [1]) {
      const value = tidy(mantissa * 10 ** power);
      if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) out.push(value);
    }
  }
  return out;
}

function closest(mantissas: readonly number[]): number {
  const ring = [...mantissas, 10];
  return Math.min(...mantissas.map((one, place) => Math.log10((ring[place + 1] ?? 10) / one)));
}

function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

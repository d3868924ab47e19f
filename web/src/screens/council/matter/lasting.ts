/** How long something lasts, in the largest unit that is whole: "5 min", "4 h", "7 d". */
export function lasting(of_s: number): string {
  const units: [number, string][] = [[86_400, "d"], [3600, "h"], [60, "min"]];
  const found = units.find(([size]) => of_s >= size && of_s % size === 0);
  return found ? `${of_s / found[0]} ${found[1]}` : `${Math.round(of_s)} s`;
}

/** Figures that keep their own direction within a sentence (UAX #9, isolates). */
export const apart = (figures: string): string => `\u2066${figures}\u2069`;

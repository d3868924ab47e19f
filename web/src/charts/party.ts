/** How parties are told apart, as on the map: hue, line pattern and letter together. */

export type Side = "own" | "peer" | "third";

interface Owned {
  party: string;
  ours: boolean;
  third?: boolean | undefined;
}

export const DASHES: Record<Side, number[]> = { own: [], peer: [7, 4], third: [1.5, 3.5] };

export function sideOf({ ours, third }: Omit<Owned, "party">): Side {
  if (ours) return "own";
  return third ? "third" : "peer";
}

export function letterOf(party: string): string {
  return /[\p{L}\p{N}]/u.exec(party)?.[0].toUpperCase() ?? "?";
}

/** A conflict as people read it: which rule, found beside required on each axis, the other side. */
import { distance, frequency } from "../../kernel/figures.ts";
import type { DistanceUnit, HeightUnit } from "../../kernel/prefs.svelte.ts";
import type { Met, Side } from "../../kernel/records.ts";
import type { AgreementView, MinimaView } from "../../kernel/types.ts";
import { span } from "../../kernel/zulu.ts";
import { W } from "../../words/plan.ts";

export interface Axis {
  name: "lateral" | "vertical" | "timeAxis" | "freqAxis";
  found: number;
  /** Null: this axis does not separate, or the agreement names no figure. */
  required: number | null;
  say: (value: number) => string;
}

export function ruleWords(met: Met): string {
  const name = met.rule;
  if (name === "restricted band") return W.rule_restricted();
  if (name === "protected volume") return W.rule_protected();
  const known: Record<string, () => string> = {
    air: W.rule_air, sea: W.rule_sea, air_sea: W.rule_air_sea, spectrum: W.rule_spectrum,
    air_spectrum: W.rule_air_spectrum, sea_spectrum: W.rule_sea_spectrum,
  };
  const said = known[name] ?? known[name.split(" ")[0] ?? ""];
  const harm = met.budget || name.includes("interference") ? W.rule_interference() : "";
  return [said?.() ?? (harm ? "" : name), harm].filter(Boolean).join(": ");
}

/** Arenas of a rule, by its name. */
export function arenasOfRule(rule: string): string[] {
  const head = rule.split(" ")[0] ?? "";
  if (rule === "restricted band") return ["spectrum"];
  return head.split("_").filter((one) => one === "air" || one === "sea" || one === "spectrum");
}

export function minimaOf(met: Met, agreement: AgreementView | null): MinimaView | null {
  const arenas = arenasOfRule(met.rule);
  const pair = arenas.length === 1 ? [arenas[0], arenas[0]] : arenas;
  const same = (one: MinimaView) => [...one.arenas].sort().join() === [...pair].sort().join();
  return agreement?.separations.find((one) => one.clause === met.clause && same(one)) ?? agreement?.separations.find((one) => one.clause === met.clause) ?? null;
}

export function axesOf(met: Met, minima: MinimaView | null, heights: HeightUnit, distances: DistanceUnit): Axis[] {
  const axes: (Axis | null)[] = [
    axis("lateral", met.lateral_m, minima?.lateral_m, (value) => distance(value, distances)),
    axis("vertical", met.vertical_m, minima?.vertical_m, (value) => vertical(value, heights)),
    axis("timeAxis", met.time_s, minima?.time_s, span),
    axis("freqAxis", met.freq_hz ?? null, minima?.freq_hz, frequency),
  ];
  // where a link budget decides, the gaps alone say little
  const told = met.budget && !minima ? axes.filter((one) => one && one.found > 0) : axes;
  return told.filter((one) => one !== null);
}

function axis(name: Axis["name"], found: number | null, required: number | null | undefined, say: (value: number) => string): Axis | null {
  return found === null ? null : { name, found, required: required ?? null, say };
}

function vertical(value_m: number, unit: HeightUnit): string {
  const figure = unit === "ft" ? value_m / 0.3048 : value_m;
  return `${Math.round(figure).toLocaleString("en")} ${unit}`;
}

/** The side that is ours, and the other; both ours: a first. */
export function sides(met: Met, us: string): { ours: Side | null; other: Side } {
  if (met.a.party === us) return { ours: met.a, other: met.b };
  if (met.b.party === us) return { ours: met.b, other: met.a };
  return { ours: null, other: met.b };
}

/** Whether a side is an area or band of the agreement itself, which has no activity. */
export const isAgreed = (side: Side): boolean => side.revision === 0;

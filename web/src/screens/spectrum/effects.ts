/** Findings about an emission: how each stands, and its budget as lines that add up. */
import { W } from "../../words/spectrum_free.ts";
import type { Budget, EffectShown } from "./answers.ts";

export type Standing = "exceeded" | "no model" | "cleared" | "conflict";

/** What no model speaks of is never clear. */
export function standingOf(effect: EffectShown): Standing {
  if (effect.cleared) return "cleared";
  return effect.conflict.budget?.verdict === "no model" ? "no model" : effect.conflict.budget ? "exceeded" : "conflict";
}

export const TONES = { exceeded: "bad", "no model": "warn", cleared: "good", conflict: "bad" } as const;

export function standingWords(standing: Standing): string {
  const said = { exceeded: W.v_exceeded, "no model": W.v_nomodel, cleared: W.v_cleared, conflict: W.v_other };
  return said[standing]();
}

export function caseWords(budget: Budget): string {
  const said: Record<Budget["case"], () => string> = {
    "in band": W.c_in, "out of band": W.c_out, blocking: W.c_blocking, harmonic: W.c_harmonic,
    intermodulation: W.c_intermodulation, aggregate: W.c_aggregate,
  };
  return said[budget.case]?.() ?? budget.case;
}

export interface BudgetLine {
  what: string;
  sign: "" | "−" | "+" | "=";
  value: number | null;
  unit: "dBm" | "dB" | "dBi";
  sum?: boolean;
}

/** interference = EIRP − loss − rejection + gain; margin = limit − interference. */
export function linesOf(budget: Budget): BudgetLine[] {
  return [
    { what: W.b_eirp(), sign: "", value: budget.eirp_dbm, unit: "dBm" },
    { what: W.b_loss({ model: budget.model || W.unknown() }), sign: "−", value: budget.loss_db, unit: "dB" },
    { what: W.b_rejection(), sign: "−", value: budget.rejection_db, unit: "dB" },
    { what: W.b_gain(), sign: "+", value: budget.gain_dbi, unit: "dBi" },
    { what: W.b_arrives(), sign: "=", value: budget.interference_dbm, unit: "dBm", sum: true },
    { what: W.b_limit(), sign: "", value: budget.limit_dbm, unit: "dBm" },
    { what: W.b_margin(), sign: "=", value: budget.margin_db, unit: "dB", sum: true },
  ];
}

export const figure = (value: number | null): string => (value === null ? W.unknown() : (value + 0).toFixed(2).replace("-", "−"));

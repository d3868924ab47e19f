/** A report of interference as typed, and as it is told to the peer. */
import { partsOf } from "../../kernel/records.ts";
import type { Effect, OpenForm, Service } from "../../kernel/types.ts";
import { W } from "../../words/spectrum_case.ts";
import { W as S } from "../../words/spectrum.ts";
import { isBand } from "./band.ts";
import { circleOf, emptySpot, type SpotForm } from "./spot.ts";

export const SERVICES: readonly Service[] = ["distress", "gnss", "aeronautical", "maritime", "radar", "data-link", "other"];
export const EFFECTS: readonly Effect[] = ["degraded", "intermittent", "lost"];

export interface ReportForm {
  peer: string;
  name: string;
  system: string;
  service: Service;
  low_hz: number | null;
  high_hz: number | null;
  effect: Effect;
  start_s: number | null;
  end_s: number | null;
  role: string;
  has_place: boolean;
  spot: SpotForm;
  has_bearing: boolean;
  bearing_deg: number | null;
  from: SpotForm;
  /** The key of an activity; empty: none is named. */
  activity: string;
  source: string;
  action: string;
  conflict: string;
  cease: boolean;
}

export function emptyReport(peer: string, role: string, now_s: number): ReportForm {
  return {
    peer, name: "", system: "", service: "aeronautical", low_hz: null, high_hz: null, effect: "degraded",
    start_s: Math.floor(now_s / 60) * 60, end_s: null, role, has_place: false, spot: emptySpot(5000), has_bearing: false,
    bearing_deg: null, from: emptySpot(null), activity: "", source: "", action: "", conflict: "", cease: true,
  };
}

/** What is missing before it can be sent, in words. */
export function missingOf(form: ReportForm): string[] {
  const found: string[] = [];
  if (!form.peer) found.push(W.peer());
  if (!form.system.trim()) found.push(W.suffers());
  if (!isBand(form.low_hz, form.high_hz)) found.push(S.band());
  if (form.start_s === null) found.push(W.since());
  if (!form.role.trim()) found.push(W.role());
  if (form.has_place && !circleOf(form.spot)) found.push(`${W.where()}: ${W.needPlace()}`);
  if (form.has_bearing && (form.bearing_deg === null || form.bearing_deg < 0 || form.bearing_deg >= 360)) found.push(W.bearing());
  if (form.has_bearing && !form.from.at) found.push(`${W.seenFrom()}: ${W.needPlace()}`);
  return found;
}

/** What is sent; call it where nothing is missing. */
export function openOf(form: ReportForm): OpenForm {
  const [party = "", activity = ""] = form.activity ? partsOf(form.activity) : [];
  const words = form.source.trim();
  return {
    peer: form.peer,
    ...(form.name.trim() ? { case: form.name.trim() } : {}),
    cease: form.cease,
    report: {
      system: form.system.trim(), service: form.service, low_hz: form.low_hz ?? 0, high_hz: form.high_hz ?? 0,
      effect: form.effect, start_s: form.start_s ?? 0, role: form.role.trim(),
      ...(form.end_s === null ? {} : { end_s: form.end_s }),
      ...(form.has_place ? { place: circleOf(form.spot) } : {}),
      ...(form.has_bearing && form.from.at ? { bearing: { bearing_deg: form.bearing_deg ?? 0, seen_from: form.from.at } } : {}),
      ...(activity || words ? { source: { ...(activity ? { party, activity } : {}), ...(words ? { words } : {}) } } : {}),
      ...(form.action.trim() ? { action: form.action.trim() } : {}),
      ...(form.conflict ? { conflict: form.conflict } : {}),
    },
  };
}

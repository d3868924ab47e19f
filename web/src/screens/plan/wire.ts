/** From what the form holds to what is declared, and back; what is missing is named, never guessed. */
import type { Arena, Datum, Footprint, Held, Point, Volume } from "../../kernel/records.ts";
import type { Amendment } from "../../kernel/types.ts";
import { W } from "../../words/edit.ts";
import { timeOf, type Form, type LimitForm, type PlaceForm, type ShapeName, type Unit, type VolumeForm } from "./form.ts";

export interface Lack {
  /** Id of the volume; empty: the activity as a whole. */
  volume: string;
  what: string;
}

export interface Built<T> {
  made: T | null;
  lacks: Lack[];
}

const LEAST: Record<ShapeName, number> = { polygon: 3, circle: 1, corridor: 2, track: 2, kept: 0 };

export function volumeOf(form: VolumeForm): Built<Volume> {
  const lacks: Lack[] = [];
  const lack = (what: string) => lacks.push({ volume: form.id, what });
  if (!form.id.trim()) lack(W.lackVolumeId());
  const footprint = footprintOf(form, lack);
  const [lower_m, upper_m] = [limitOf(form.lower, W.lower(), lack), limitOf(form.upper, W.upper(), lack)];
  if (lower_m !== null && upper_m !== null && form.lower.datum === form.upper.datum && lower_m > upper_m) lack(W.lackUpsideDown());
  const start_s = form.start.at_s;
  const end_s = form.endless ? null : form.end.at_s;
  if (start_s === null) lack(form.start.text.trim() ? W.badStart() : W.lackStart());
  if (!form.endless && end_s === null) lack(form.end.text.trim() ? W.badEnd() : W.lackEnd());
  if (start_s !== null && end_s !== null && end_s < start_s) lack(W.lackOrder());
  const radio = form.arena === "spectrum" ? radioOf(form, lack) : {};
  if (lacks.length || footprint === null) return { made: null, lacks };
  const made: Volume = {
    ...form.more, id: form.id.trim(), arena: form.arena, footprint,
    lower_m, lower_datum: form.lower.datum, upper_m, upper_datum: form.upper.datum, start_s, end_s, ...radio,
  };
  return { made, lacks };
}

export function footprintOf(form: VolumeForm, lack: (what: string) => void = () => {}): Footprint | null {
  if (form.shape === "kept") {
    if (!form.kept) lack(W.lackPlaces({ n: 1 }));
    return form.kept;
  }
  const typed = form.places.filter((place) => place.text.trim() || place.at);
  const points = typed.flatMap((place) => (place.at ? [place.at] : []));
  const unread = typed.length - points.length;
  if (unread) lack(typed.some((place) => place.problem) ? W.badPlaces({ n: unread }) : W.readingPlaces());
  const missing = LEAST[form.shape] - typed.length;
  if (missing > 0) lack(W.lackPlaces({ n: missing }));
  const sized = form.shape !== "polygon";
  if (sized && !(form.size_m !== null && form.size_m > 0)) lack(form.shape === "corridor" ? W.lackWidth() : W.lackRadius());
  if (unread || missing > 0 || (sized && !form.size_m)) return null;
  return shapeOf(form, typed, points, lack);
}

function shapeOf(form: VolumeForm, typed: PlaceForm[], points: Point[], lack: (what: string) => void): Footprint | null {
  if (form.shape === "circle") return { type: "circle", centre: points[0]!, radius_m: form.size_m! };
  if (form.shape === "corridor") return { type: "corridor", points, half_width_m: form.size_m! };
  if (form.shape === "polygon") return { type: "polygon", parts: [[opened(points)]] };
  const times_s = typed.map((place) => place.time?.at_s ?? null);
  if (times_s.includes(null)) {
    lack(W.lackTimes());
    return null;
  }
  return { type: "track", points, times_s: times_s as number[], radius_m: form.size_m! };
}

/** A ring without its closing point: people close what they copy from elsewhere. */
function opened(ring: Point[]): Point[] {
  const [first, last] = [ring[0], ring.at(-1)];
  return ring.length > 3 && first && last && first[0] === last[0] && first[1] === last[1] ? ring.slice(0, -1) : ring;
}

function limitOf(form: LimitForm, name: string, lack: (what: string) => void): number | null {
  if (form.open) return null;
  if (form.at_m === null) lack(W.lackLimit({ name }));
  return form.at_m;
}

function radioOf(form: VolumeForm, lack: (what: string) => void): Partial<Volume> {
  const { low_hz, high_hz } = form;
  if (low_hz === null || high_hz === null) lack(W.lackBand());
  else if (low_hz > high_hz) lack(W.lackBandOrder());
  return { low_hz, high_hz, role: form.role, ...(form.eirp_dbm === null ? {} : { eirp_dbm: form.eirp_dbm }) };
}

/** What is sent. Contact, kind and id that are missing do not keep the volumes from being checked. */
export function declarationOf(form: Form, party: string): Built<Amendment> {
  const built = form.volumes.map(volumeOf);
  const lacks = built.flatMap((one) => one.lacks);
  const ids = form.volumes.map((one) => one.id.trim());
  if (new Set(ids).size !== ids.length) lacks.push({ volume: "", what: W.lackTwice() });
  if (!form.volumes.length) lacks.push({ volume: "", what: W.lackVolume() });
  if (lacks.length) return { made: null, lacks: [...lacks, ...lacksOfWhole(form)] };
  const flex = form.flex;
  const bends = Object.values(flex).some((one) => one);
  const checked = form.checked_by.trim() && form.checked_s !== null
    ? { by: form.checked_by.trim(), at_s: form.checked_s, how: form.checked_how.trim() }
    : null;
  const made: Amendment = {
    contact: form.contact.trim() || "?",
    activity: {
      ...form.more, party, id: form.id.trim() || "?",
      volumes: built.map((one) => one.made!), title: form.title.trim(), kind: form.kind.trim() || "?",
      disclose: form.disclose, revision: form.base + 1, state: form.state,
      flex: bends ? { lateral_m: flex.lateral_m ?? 0, vertical_m: flex.vertical_m ?? 0, time_s: flex.time_s ?? 0, freq_hz: flex.freq_hz ?? 0 } : null,
    },
    doubt: form.doubt.trim(), third_parties: form.third_parties.trim(), checked,
  };
  return { made, lacks: lacksOfWhole(form) };
}

function lacksOfWhole(form: Form): Lack[] {
  const whole: [string, string][] = [[form.id, W.lackId()], [form.kind, W.lackKind()], [form.contact, W.lackContact()]];
  return whole.filter(([typed]) => !typed.trim()).map(([, what]) => ({ volume: "", what }));
}

/** Fill the form from an activity; `write` says a place in the reader's notation. */
export function formOf(held: Held, write: (place: Point) => string): Form {
  const { party: _party, id, volumes, title, kind, disclose, revision, state, flex, ...more } = held.activity;
  return {
    base: revision ?? 1, state: state ?? "Accepted", id, title: title ?? "", kind: kind ?? "", contact: held.contact,
    doubt: held.doubt ?? "", third_parties: held.third_parties ?? "",
    checked_by: held.checked?.by ?? "", checked_how: held.checked?.how ?? "", checked_s: held.checked?.at_s ?? null,
    disclose: disclose ?? "full",
    flex: { lateral_m: flex?.lateral_m ?? null, vertical_m: flex?.vertical_m ?? null, time_s: flex?.time_s ?? null, freq_hz: flex?.freq_hz ?? null },
    volumes: volumes.map((one) => volumeForm(one, write)), more,
  };
}

export function volumeForm(volume: Volume, write: (place: Point) => string): VolumeForm {
  const { id, arena, footprint, lower_m, lower_datum, upper_m, upper_datum, start_s, end_s, low_hz, high_hz, role, eirp_dbm, ...more } = volume;
  return {
    id, arena, ...drawn(footprint, write),
    lower: { at_m: lower_m, unit: unitOf(arena, lower_datum, lower_m), datum: lower_datum, open: lower_m === null },
    upper: { at_m: upper_m, unit: unitOf(arena, upper_datum, upper_m), datum: upper_datum, open: upper_m === null },
    start: timeOf(start_s), end: timeOf(end_s), endless: end_s === null,
    low_hz: low_hz ?? null, high_hz: high_hz ?? null, role: role === "receive" ? "receive" : "emit", eirp_dbm: eirp_dbm ?? null,
    more,
  };
}

/** The fields of a form that a footprint fills; one that the form cannot take apart is kept whole. */
export function drawn(footprint: Footprint, write: (place: Point) => string): Pick<VolumeForm, "shape" | "places" | "size_m" | "kept"> {
  const placed = (points: readonly Point[], times?: readonly number[]): PlaceForm[] =>
    points.map((at, place) => ({ text: write(at), at, problem: "", time: times ? timeOf(times[place] ?? null) : null }));
  switch (footprint.type) {
    case "circle":
      return { shape: "circle", places: placed([footprint.centre]), size_m: footprint.radius_m, kept: null };
    case "corridor":
      return { shape: "corridor", places: placed(footprint.points), size_m: footprint.half_width_m, kept: null };
    case "track":
      return { shape: "track", places: placed(footprint.points, footprint.times_s), size_m: footprint.radius_m, kept: null };
    case "polygon":
      if (footprint.parts.length === 1 && footprint.parts[0]?.length === 1) return { shape: "polygon", places: placed(footprint.parts[0][0]!), size_m: null, kept: null };
  }
  return { shape: "kept", places: [], size_m: null, kept: footprint };
}

function unitOf(arena: Arena, datum: Datum, at_m: number | null): Unit {
  if (datum === "pressure") return "FL";
  return arena === "sea" && datum === "msl" && (at_m ?? 0) <= 0 ? "depth" : "ft";
}

/** Metres in the unit that is shown, and back. */
export const PER_M: Record<Unit, number> = { ft: 1 / 0.3048, m: 1, FL: 1 / 30.48, depth: -1 };

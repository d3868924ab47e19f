/** A volume again and again: what was typed once is shifted by the same time. */
import { timeOf, type TimeForm, type VolumeForm } from "./form.ts";

export const MOST_REPEATS = 200;

export function repeated(volume: VolumeForm, every_s: number, times: number, taken: readonly string[]): VolumeForm[] {
  const used = new Set(taken);
  return Array.from({ length: Math.min(times, MOST_REPEATS) - 1 }, (_, at) => {
    const by_s = every_s * (at + 1);
    const next = structuredClone(volume);
    next.id = freshName(volume.id, used);
    used.add(next.id);
    next.start = shifted(volume.start, by_s);
    next.end = shifted(volume.end, by_s);
    for (const place of next.places) if (place.time) place.time = shifted(place.time, by_s);
    if (next.kept?.type === "track") next.kept = { ...next.kept, times_s: next.kept.times_s.map((one) => one + by_s) };
    return next;
  });
}

const shifted = (time: TimeForm, by_s: number): TimeForm => (time.at_s === null ? time : timeOf(time.at_s + by_s));

/** A name for a further volume: "1" gives "2", "leg" gives "leg-2". */
export function freshName(like: string, taken: ReadonlySet<string>): string {
  const [, head = like, tail] = /^(.*?)(\d+)$/.exec(like) ?? [];
  const stem = tail === undefined ? `${like}-` : head;
  let count = tail === undefined ? 2 : Number(tail) + 1;
  while (taken.has(`${stem}${count}`)) count += 1;
  return `${stem}${count}`;
}

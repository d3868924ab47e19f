/** Every radio volume in force, as a row of the table of assignments. */
import { asTsv, type Cell } from "../../charts/tsv.ts";
import type { DistanceUnit } from "../../kernel/prefs.svelte.ts";
import { keyOf, type Held, type Met, type Volume } from "../../kernel/records.ts";
import { zulu } from "../../kernel/zulu.ts";
import { shapeWords } from "../plan/volumes.ts";

export interface Assignment {
  key: string;
  activity_key: string;
  party: string;
  activity: string;
  title: string;
  volume: Volume;
  low_hz: number;
  high_hz: number;
  service: string;
  conflicts: number;
  private: boolean;
}

export function assignmentsOf(held: readonly Held[], met: readonly Met[]): Assignment[] {
  const meeting = new Map<string, number>();
  for (const { a, b } of met) {
    for (const side of [a, b]) {
      const key = keyOf(side.party, side.activity, side.volume);
      meeting.set(key, (meeting.get(key) ?? 0) + 1);
    }
  }
  return held.flatMap(({ activity, ...more }) =>
    activity.volumes
      .filter((one) => one.arena === "spectrum" && one.low_hz != null && one.high_hz != null)
      .map((volume): Assignment => {
        const key = keyOf(activity.party, activity.id, volume.id);
        return {
          key,
          activity_key: keyOf(activity.party, activity.id),
          party: activity.party,
          activity: activity.id,
          title: activity.title ?? "",
          volume,
          low_hz: volume.low_hz!,
          high_hz: volume.high_hz!,
          service: [volume.radio?.service, volume.radio?.emission].filter(Boolean).join(", "),
          conflicts: meeting.get(key) ?? 0,
          private: "private" in more && more.private === true,
        };
      }),
  );
}

const HEAD = [
  "party", "activity", "title", "volume", "role", "low_mhz", "high_mhz", "centre_mhz", "width_khz", "eirp_dbm",
  "service", "criterion", "area", "from", "until", "conflicts",
];

/** The table for a spreadsheet: figures plain, in MHz and kHz, times in Zulu. */
export function assignmentsTsv(rows: readonly Assignment[], unit: DistanceUnit): string {
  return asTsv([HEAD, ...rows.map((row) => cells(row, unit))]);
}

function cells({ volume, ...row }: Assignment, unit: DistanceUnit): Cell[] {
  const plain = (of_hz: number, per: number) => Number((of_hz / per).toFixed(9));
  const time = (at_s: number | null) => (at_s === null ? "" : zulu(at_s));
  return [
    row.party, row.activity, row.title, volume.id, volume.role ?? "", plain(row.low_hz, 1e6), plain(row.high_hz, 1e6),
    plain((row.low_hz + row.high_hz) / 2, 1e6), plain(row.high_hz - row.low_hz, 1e3), volume.eirp_dbm ?? null,
    row.service, volume.criterion ?? "", shapeWords(volume.footprint, unit), time(volume.start_s), time(volume.end_s), row.conflicts,
  ];
}


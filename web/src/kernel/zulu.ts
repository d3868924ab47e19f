/** Times as people in operations rooms write them: Zulu first, local second. */

const pad = (number: number, width = 2) => String(number).padStart(width, "0");

function partsOf(at_s: number): { day: string; time: string } | null {
  const moment = new Date(Math.floor(at_s) * 1000);
  if (Number.isNaN(moment.getTime())) return null;
  const year = moment.getUTCFullYear();
  const day = `${pad(year, 4)}-${pad(moment.getUTCMonth() + 1)}-${pad(moment.getUTCDate())}`;
  const time = `${pad(moment.getUTCHours())}:${pad(moment.getUTCMinutes())}:${pad(moment.getUTCSeconds())}`;
  return { day, time };
}

/** "2026-11-23 12:04:31Z"; an unknown or open time is "—". */
export function zulu(at_s: number | null | undefined): string {
  const parts = at_s == null ? null : partsOf(at_s);
  return parts ? `${parts.day} ${parts.time}Z` : "—";
}

/** For machines: "2026-11-23T12:04:31Z"; undefined where there is no such time. */
export function stamp(at_s: number): string | undefined {
  const parts = partsOf(at_s);
  return parts ? `${parts.day}T${parts.time}Z` : undefined;
}

/** "2026-11-23 12:04Z". */
export function zuluMinute(at_s: number | null | undefined): string {
  const parts = at_s == null ? null : partsOf(at_s);
  return parts ? `${parts.day} ${parts.time.slice(0, 5)}Z` : "—";
}

/** "12:04:31Z". */
export function zuluClock(at_s: number): string {
  return `${partsOf(at_s)?.time ?? "—"}Z`;
}

/** The same moment where the reader is: "14:04:31 +02:00". */
export function local(at_s: number | null | undefined): string {
  if (at_s == null) return "";
  const moment = new Date(Math.floor(at_s) * 1000);
  if (Number.isNaN(moment.getTime())) return "";
  const off_min = -moment.getTimezoneOffset();
  const sign = off_min < 0 ? "−" : "+";
  const off = `${sign}${pad(Math.floor(Math.abs(off_min) / 60))}:${pad(Math.abs(off_min) % 60)}`;
  return `${pad(moment.getHours())}:${pad(moment.getMinutes())}:${pad(moment.getSeconds())} ${off}`;
}

const WRITTEN = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):?(\d{2})(?::?(\d{2}))?\s*Z$/i;
const GROUP = /^(\d{2})(\d{2})(\d{2})Z\s*([A-Z]{3})\s*(\d{2})$/i; // date-time group: 231204Z NOV 26
const MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");

/** Seconds UTC of what was typed, or null. The Z is wanted: no zone, no time. */
export function readZulu(text: string): number | null {
  const plain = text.trim();
  const written = WRITTEN.exec(plain);
  if (written) {
    const [year, month, day, hour, minute, second] = written.slice(1).map((part) => Number(part ?? 0));
    return instant(year!, month!, day!, hour!, minute!, second || 0);
  }
  const group = GROUP.exec(plain);
  if (!group) return null;
  const month = MONTHS.indexOf(group[4]!.toUpperCase()) + 1;
  if (month === 0) return null;
  return instant(2000 + Number(group[5]), month, Number(group[1]), Number(group[2]), Number(group[3]), 0);
}

function instant(
  year: number, month: number, day: number, hour: number, minute: number, second: number,
): number | null {
  const at_ms = Date.UTC(year, month - 1, day, hour, minute, second);
  const back = new Date(at_ms);
  const same =
    back.getUTCFullYear() === year && back.getUTCMonth() === month - 1 &&
    back.getUTCDate() === day && back.getUTCHours() === hour &&
    back.getUTCMinutes() === minute && back.getUTCSeconds() === second;
  return same ? at_ms / 1000 : null;
}

/** "1 d 02:03", "02:03:04", "00:12": how long, without words. */
export function span(of_s: number): string {
  const whole = Math.abs(Math.round(of_s));
  const [days, hours, minutes, seconds] = [
    Math.floor(whole / 86_400), Math.floor(whole / 3600) % 24, Math.floor(whole / 60) % 60, whole % 60,
  ];
  const sign = of_s < 0 ? "−" : "";
  if (days) return `${sign}${days} d ${pad(hours)}:${pad(minutes)}`;
  return hours ? `${sign}${pad(hours)}:${pad(minutes)}:${pad(seconds)}` : `${sign}${pad(minutes)}:${pad(seconds)}`;
}

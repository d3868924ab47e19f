/** Instants on an axis, and instants typed into the time bar. Digits are western everywhere. */
import { readZulu, stamp } from "../kernel/zulu.ts";

const DAY_S = 86_400;

/** 2026-11-23 */
export function dayOf(at_s: number): string {
  return stamp(at_s)?.replace(/T.*$/, "") ?? "—";
}

/** 12:04, or 12:04:31 */
export function timeOf(at_s: number, seconds = false): string {
  const text = stamp(at_s);
  if (!text) return "—";
  const from = text.indexOf("T") + 1;
  return text.slice(from, from + (seconds ? 8 : 5));
}

/** Local time less Zulu at an instant, by this computer's zone. */
export function localOffset_s(at_s: number): number {
  return -60 * new Date(at_s * 1000).getTimezoneOffset();
}

/** 14:04 in local time, with +1 or −1 where the day is another than the Zulu one. */
export function localTime(at_s: number, offset_s = localOffset_s(at_s)): string {
  const there_s = at_s + offset_s;
  const days = Math.floor(there_s / DAY_S) - Math.floor(at_s / DAY_S);
  return timeOf(there_s) + (days === 0 ? "" : days > 0 ? " +1" : " −1");
}

/**
 * An instant that a person typed, always Zulu; null where it is none. Beside what forms read, it may
 * be short: `12:04` and `1204` on the day of `near_s`, `231204Z` in its month, a day at midnight.
 */
export function readJump(text: string, near_s: number): number | null {
  const said = text.trim().toUpperCase().replace(/Z$/, "").trim();
  const full = readZulu(`${said}Z`) ?? readZulu(text);
  if (full !== null) return full;
  const today = dayOf(near_s);
  if (/^\d{4}-\d{2}-\d{2}$/.test(said)) return readZulu(`${said} 00:00Z`);
  const time = /^(\d{1,2}):(\d{2})(:\d{2})?$/.exec(said) ?? /^(\d{2})(\d{2})()$/.exec(said);
  if (time) return readZulu(`${today} ${time[1]?.padStart(2, "0")}:${time[2]}${time[3] ?? ""}Z`);
  const group = /^(\d{2})(\d{2})(\d{2})$/.exec(said);
  return group && readZulu(`${today.slice(0, 8)}${group[1]} ${group[2]}:${group[3]}Z`);
}

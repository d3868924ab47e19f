/** Lines on the Earth. Pictures use a sphere; distances that are read off use the ellipsoid. */
import type { Position } from "geojson";

const RADIUS_M = 6_371_008.8; // mean radius, IUGG
const A_M = 6_378_137; // WGS-84
const F = 1 / 298.257_223_563;
const RAD = Math.PI / 180;

export interface Leg {
  readonly distance_m: number;
  /** Clockwise from true north, at the start. */
  readonly bearing_deg: number;
}

/** Distance and first bearing on WGS-84 (Vincenty's inverse; the sphere where it finds no end). */
export function leg(from: Position, to: Position): Leg {
  const [lon1, lat1, lon2, lat2] = [from[0]! * RAD, from[1]! * RAD, to[0]! * RAD, to[1]! * RAD];
  const b_m = A_M * (1 - F);
  const [u1, u2] = [Math.atan((1 - F) * Math.tan(lat1)), Math.atan((1 - F) * Math.tan(lat2))];
  const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  const wide = turned(lon2 - lon1);
  let lambda = wide;
  for (let round = 0; round < 50; round += 1) {
    const [sl, cl] = [Math.sin(lambda), Math.cos(lambda)];
    const sin = Math.hypot(c2 * sl, c1 * s2 - s1 * c2 * cl);
    if (sin === 0) return { distance_m: 0, bearing_deg: 0 };
    const cos = s1 * s2 + c1 * c2 * cl;
    const sigma = Math.atan2(sin, cos);
    const alpha = (c1 * c2 * sl) / sin;
    const flat = 1 - alpha * alpha;
    const mid = flat === 0 ? 0 : cos - (2 * s1 * s2) / flat;
    const c = (F / 16) * flat * (4 + F * (4 - 3 * flat));
    const inner = mid + c * cos * (2 * mid * mid - 1);
    const next = wide + (1 - c) * F * alpha * (sigma + c * sin * inner);
    if (Math.abs(next - lambda) < 1e-12) {
      const u = (flat * (A_M * A_M - b_m * b_m)) / (b_m * b_m);
      const big = 1 + (u / 16_384) * (4096 + u * (u * (320 - 175 * u) - 768));
      const small = (u / 1024) * (256 + u * (u * (74 - 47 * u) - 128));
      const last = (small / 6) * mid * (4 * sin * sin - 3) * (4 * mid * mid - 3);
      const off = small * sin * (mid + (small / 4) * (cos * (2 * mid * mid - 1) - last));
      const [y, x] = [c2 * Math.sin(next), c1 * s2 - s1 * c2 * Math.cos(next)];
      return { distance_m: b_m * big * (sigma - off), bearing_deg: degrees(Math.atan2(y, x)) };
    }
    lambda = next;
  }
  return { distance_m: angle(from, to) * RADIUS_M, bearing_deg: bearing_deg(from, to) };
}

/** The place at a distance and bearing, on the sphere; longitudes run on past 180. */
export function destination(from: Position, towards_deg: number, distance_m: number): Position {
  const [lat, course, far] = [from[1]! * RAD, towards_deg * RAD, distance_m / RADIUS_M];
  const sin = Math.sin(lat) * Math.cos(far) + Math.cos(lat) * Math.sin(far) * Math.cos(course);
  const y = Math.sin(course) * Math.sin(far) * Math.cos(lat);
  const x = Math.cos(far) - Math.sin(lat) * sin;
  return [from[0]! + Math.atan2(y, x) / RAD, Math.asin(clamp(sin)) / RAD];
}

export function bearing_deg(from: Position, to: Position): number {
  const [lat1, lat2, wide] = [from[1]! * RAD, to[1]! * RAD, (to[0]! - from[0]!) * RAD];
  const y = Math.sin(wide) * Math.cos(lat2);
  const x = Math.cos(lat1) * Math.sin(lat2) - Math.sin(lat1) * Math.cos(lat2) * Math.cos(wide);
  return degrees(Math.atan2(y, x));
}

/** The place a part (0 to 1) of the way along the great circle. */
export function between(from: Position, to: Position, part: number): Position {
  const whole = angle(from, to);
  const wide = unwound(to[0]!, from[0]!) - from[0]!;
  if (whole < 0.01) return [from[0]! + wide * part, from[1]! + (to[1]! - from[1]!) * part];
  const found = destination(from, bearing_deg(from, to), whole * part * RADIUS_M);
  return [unwound(found[0]!, from[0]!), found[1]!];
}

/** A line along great circles, in steps a map cannot tell from the curve; longitudes run on. */
export function curve(points: readonly Position[], step_deg = 1): Position[] {
  const line: Position[] = [];
  points.forEach((point, at) => {
    const last = line.at(-1);
    const next: Position = last ? [unwound(point[0]!, last[0]!), point[1]!] : [...point];
    if (last && at > 0) {
      const steps = Math.ceil(angle(last, next) / RAD / step_deg);
      const from = [...last];
      for (let step = 1; step < steps; step += 1) line.push(between(from, next, step / steps));
    }
    line.push(next);
  });
  return line;
}

/** A longitude by whole turns nearest to another. */
export function unwound(lon_deg: number, near_deg: number): number {
  return lon_deg - 360 * Math.round((lon_deg - near_deg) / 360);
}

function angle(from: Position, to: Position): number {
  const [lat1, lat2] = [from[1]! * RAD, to[1]! * RAD];
  const [up, across] = [Math.sin((lat2 - lat1) / 2), Math.sin(((to[0]! - from[0]!) * RAD) / 2)];
  return 2 * Math.asin(Math.sqrt(clamp(up * up + Math.cos(lat1) * Math.cos(lat2) * across * across)));
}

function turned(angle_rad: number): number {
  return angle_rad - 2 * Math.PI * Math.round(angle_rad / (2 * Math.PI));
}

function clamp(value: number): number {
  return Math.max(-1, Math.min(1, value));
}

function degrees(angle_rad: number): number {
  return ((angle_rad / RAD) + 360) % 360;
}

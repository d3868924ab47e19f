/** Where conflicts lie, asked for one after another; a conflict whose area is not known has a place. */
import type { Geometry } from "geojson";
import { api, at } from "../kernel/api.ts";
import { Table } from "../kernel/live.svelte.ts";
import type { Met } from "../kernel/records.ts";
import type { ConflictPicture } from "../kernel/types.ts";

const MOST = 200; // beyond, they are marks on the map; the one that is picked has its area
const known = new Table<Geometry | null>();
let wanted: [name: string, id: string][] = [];
let busy = false;

/** The name of a conflict as it was reckoned: another reckoning has another area. */
function nameOf({ id, found_s, lon_deg, lat_deg, from_s, to_s }: Met): string {
  return JSON.stringify([id, found_s, lon_deg, lat_deg, from_s, to_s]);
}

async function work(): Promise<void> {
  if (busy) return;
  busy = true;
  while (wanted.length) {
    const [name, id] = wanted.shift()!;
    try {
      const picture = await api.get<ConflictPicture>(at("conflicts", id, "picture"));
      known.set(name, picture.area as Geometry | null);
    } catch {
      known.set(name, null); // its place is drawn instead
    }
  }
  busy = false;
}

export const areas = {
  get version(): number {
    return known.version;
  },
  of(met: Met): Geometry | undefined {
    return known.get(nameOf(met)) ?? undefined;
  },
  follow(met: readonly Met[], picked: string): void {
    const asked = met.length > MOST ? met.filter((one) => one.id === picked) : met;
    const fresh = asked.filter((one) => !known.rows.has(nameOf(one)));
    if (!fresh.length) return;
    const names = new Set(wanted.map(([name]) => name));
    for (const one of fresh) if (!names.has(nameOf(one))) wanted.push([nameOf(one), one.id]);
    void work();
  },
};

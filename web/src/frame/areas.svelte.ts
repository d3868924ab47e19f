/** Where conflicts lie, asked for one after another; a conflict whose area is not known has a place. */
import type { Geometry } from "geojson";
import { api, at } from "../kernel/api.ts";
import { Table } from "../kernel/live.svelte.ts";
import type { Met } from "../kernel/records.ts";
import type { ConflictPicture } from "../kernel/types.ts";

const MOST = 200; // beyond, they are marks on the map; the one that is picked has its area
const known = new Table<Geometry | null>();
let wanted: string[] = [];
let busy = false;

async function work(): Promise<void> {
  if (busy) return;
  busy = true;
  while (wanted.length) {
    const id = wanted.shift()!;
    try {
      const picture = await api.get<ConflictPicture>(at("conflicts", id, "picture"));
      known.set(id, picture.area as Geometry | null);
    } catch {
      known.set(id, null); // its place is drawn instead
    }
  }
  busy = false;
}

export const areas = {
  get version(): number {
    return known.version;
  },
  of(id: string): Geometry | undefined {
    return known.get(id) ?? undefined;
  },
  follow(met: readonly Met[], picked: string): void {
    const asked = met.length > MOST ? met.filter((one) => one.id === picked) : met;
    const fresh = asked.map((one) => one.id).filter((id) => !known.rows.has(id) && !wanted.includes(id));
    if (!fresh.length) return;
    wanted.push(...fresh);
    void work();
  },
};

/** The outline of every volume in force, as the node draws it; asked for anew as activities change. */
import { all, api, at, Refusal, type Page } from "../kernel/api.ts";
import { live, Table } from "../kernel/live.svelte.ts";
import { isOver, keyOf, type Held, type Volume } from "../kernel/records.ts";
import type { DraftPicture, Drawn } from "../kernel/types.ts";

const table = new Table<readonly Drawn[]>();
const ALL_AT_ONCE = 20;
const AGAIN_MS = 2000;
let error: Refusal | null = $state.raw(null);
let busy = false;

const keyOfHeld = ({ activity }: Held) => keyOf(activity.party, activity.id);

function missing(): Held[] {
  return live.activities.list.filter((held) => {
    const drawn = table.get(keyOfHeld(held));
    return !isOver(held) && (!drawn || drawn[0]?.revision !== (held.activity.revision ?? 1));
  });
}

async function loadAll(): Promise<void> {
  const found = Map.groupBy(await all<Drawn>("/api/v1/picture"), (one) => keyOf(one.party, one.activity));
  table.replace(found);
}

async function loadOne({ activity }: Held): Promise<void> {
  try {
    const path = at("picture", activity.party, activity.id);
    const page = await api.get<Page<Drawn>>(path);
    table.set(keyOf(activity.party, activity.id), page.items);
  } catch (found) {
    if (!(found instanceof Refusal) || found.status !== 404) throw found;
    table.remove(keyOf(activity.party, activity.id));
  }
}

/** Ask for what is not drawn yet, until nothing is missing. */
async function catchUp(): Promise<void> {
  if (busy) return;
  busy = true;
  try {
    const wanted = missing();
    if (!table.loaded || wanted.length > ALL_AT_ONCE) await loadAll();
    else for (const held of wanted) await loadOne(held);
    error = null;
  } catch (found) {
    error = found instanceof Refusal ? found : new Refusal(0, { detail: String(found) });
    setTimeout(() => void catchUp(), AGAIN_MS);
  } finally {
    busy = false;
  }
}

export const outlines = {
  get known(): boolean {
    return table.loaded;
  },
  get error(): Refusal | null {
    return error;
  },
  get version(): number {
    return table.version;
  },
  of(held: Held): readonly Drawn[] {
    return table.get(keyOfHeld(held)) ?? [];
  },
  /** Bring outlines up to the activities as they are now; cheap where they are. */
  follow(): void {
    if (!live.activities.loaded) return;
    if (!table.loaded || missing().length) void catchUp();
  },
  /** The outlines of volumes that nobody has declared. */
  draw(volumes: readonly Volume[], signal: AbortSignal): Promise<DraftPicture> {
    return api.post<DraftPicture>("/api/v1/picture", { volumes }, { signal });
  },
};

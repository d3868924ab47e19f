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
let asked = new Map<string, number>(); // the revision each was asked for: some have no outline

const keyOfHeld = ({ activity }: Held) => keyOf(activity.party, activity.id);

const revisionOf = ({ activity }: Held) => activity.revision ?? 1;

/** Whether every volume has its outline, of the revision that is held. */
function isDrawn(held: Held): boolean {
  const drawn = table.get(keyOfHeld(held)) ?? [];
  const volumes = new Set(drawn.filter((one) => one.revision === revisionOf(held)).map((one) => one.index));
  return volumes.size >= held.activity.volumes.length;
}

function missing(): Held[] {
  return live.activities.list.filter(
    (held) => !isOver(held) && !isDrawn(held) && asked.get(keyOfHeld(held)) !== revisionOf(held),
  );
}

async function loadAll(): Promise<void> {
  const now = new Map(live.activities.list.map((held) => [keyOfHeld(held), revisionOf(held)]));
  const found = Map.groupBy(await all<Drawn>("/api/v1/picture"), (one) => keyOf(one.party, one.activity));
  table.replace(found);
  asked = now;
}

async function loadOne(held: Held): Promise<void> {
  const { activity } = held;
  try {
    const path = at("picture", activity.party, activity.id);
    const page = await api.get<Page<Drawn>>(path);
    table.set(keyOf(activity.party, activity.id), page.items);
  } catch (found) {
    if (!(found instanceof Refusal) || found.status !== 404) throw found;
    table.remove(keyOf(activity.party, activity.id));
  }
  asked.set(keyOfHeld(held), revisionOf(held));
}

/** Ask for what is not drawn yet, until nothing is missing. */
async function catchUp(): Promise<void> {
  if (busy) return;
  busy = true;
  try {
    for (let wanted = missing(); !table.loaded || wanted.length; wanted = missing()) {
      if (!table.loaded || wanted.length > ALL_AT_ONCE) await loadAll();
      else for (const held of wanted) await loadOne(held);
    }
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
  /** Whether the outline held is the one of the activity as it is now. */
  isDrawn,
  of(held: Held): readonly Drawn[] {
    return table.get(keyOfHeld(held)) ?? [];
  },
  /** Bring outlines up to the activities as they are now; cheap where they are. The first are asked for beside them. */
  follow(): void {
    if (!table.loaded || missing().length) void catchUp();
  },
  /** The outlines of volumes that nobody has declared. */
  draw(volumes: readonly Volume[], signal: AbortSignal): Promise<DraftPicture> {
    return api.post<DraftPicture>("/api/v1/picture", { volumes }, { signal });
  },
};

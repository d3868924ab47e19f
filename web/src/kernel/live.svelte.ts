/** What the node holds, kept up to date by its stream of events, and how old it is.

A frozen picture is the worst failure: as soon as nothing was heard for a few seconds, `stale`.
*/
import { all, api, asking, at, Refusal } from "./api.ts";
import { clock } from "./clock.svelte.ts";
import {
  isOver, keyOf, partsOf,
  type Alarm, type Held, type Matter, type Met, type Notice, type Peer,
} from "./records.ts";
import { session } from "./session.svelte.ts";
import { Table } from "./table.svelte.ts";
import type { AlarmPage } from "./types.ts";

export { Table } from "./table.svelte.ts";

export const MOST_ALARMS = 1000; // the node tells no more at once; there may be more then
export const STALE_S = 3.5; // heartbeats come every 2 s; a person is told within 5
/** The kind of alarm that goes before everything (node/calls.py). */
export const FLASH = "flash call";
const RETRY_MS = 1500;
const LOOK_MS = 250;

const activities = new Table<Held>();
const conflicts = new Table<Met>();
const notices = new Table<Notice>();
const alarms = new Table<Alarm>();
const peers = new Table<Peer>();
const cases = new Table<Record<string, unknown>>();
const matters = new Table<Matter>();

interface Change {
  table: string;
  key: string;
  at_s: number;
  record?: unknown;
}

interface Source {
  load(): Promise<void>;
  take(key: string, record: unknown): Promise<void> | void;
}

const keyOfHeld = (held: Held) => keyOf(held.activity.party, held.activity.id);
const keyOfMatter = ({ matter }: Matter) => keyOf(matter.kind, matter.opener, matter.id);

let epoch = 0; // an answer to a question of an earlier one is older than what is held

/** Put an answer into its table, unless everything was asked for anew meanwhile. */
async function answered<T>(question: Promise<T>, put: (found: T) => void): Promise<void> {
  const mine = epoch;
  const found = await question;
  if (mine === epoch) put(found);
}

/** Ask for one record; gone (404) is taken out, and so is what we may not see. */
async function fetched<T>(table: Table<T>, key: string, path: string): Promise<void> {
  const gone = (error: unknown): null => {
    if (error instanceof Refusal && (error.status === 404 || error.status === 403)) return null;
    throw error;
  };
  await answered(api.get<T>(path).catch(gone), (found) => {
    if (found === null) table.remove(key);
    else table.set(key, found);
  });
}

/** Ask for a whole table. */
function loaded<T>(table: Table<T>, question: Promise<T[]>, key: (row: T) => string): Promise<void> {
  return answered(question, (found) => table.replace(found.map((row) => [key(row), row])));
}

function keep<T>(table: Table<T>, key: string, record: T, lasts: boolean): void {
  if (lasts) table.set(key, record);
  else table.remove(key);
}

const SOURCES: Record<string, Source> = {
  activity: {
    load: () => loaded(activities, all<Held>("/api/v1/activities"), keyOfHeld),
    async take(key, record) {
      const [party = "", id = ""] = partsOf(key);
      if (record) activities.set(key, record as Held);
      else await fetched(activities, key, asking(at("activities", id), { party }));
    },
  },
  conflict: {
    load: () => loaded(conflicts, all<Met>("/api/v1/conflicts"), (met) => met.id),
    async take(key, record) {
      if (!record) await fetched(conflicts, key, at("conflicts", key));
      const met = (record as Met | undefined) ?? conflicts.get(key);
      if (met) keep(conflicts, key, met, met.ended_s == null);
    },
  },
  notice: {
    load: () => loaded(notices, all<Notice>("/api/v1/notices"), (notice) => notice.message),
    async take(key, record) {
      if (record) notices.set(key, record as Notice);
      else await fetched(notices, key, at("notices", key));
    },
  },
  alarm: {
    load: () =>
      loaded(alarms, api.get<AlarmPage>(`/api/v1/alarms?limit=${MOST_ALARMS}`).then((page) => page.items), (one) => one.id),
    async take(key, record) {
      if (!record) return this.load();
      const alarm = record as Alarm;
      keep(alarms, key, alarm, alarm.cleared_s == null);
    },
  },
  peer: {
    load: () => loaded(peers, api.get<Peer[]>("/api/v1/peers"), (peer) => peer.party),
    async take(key, record) {
      if (record) peers.set(key, record as Peer);
      else await fetched(peers, key, at("peers", ...partsOf(key)));
    },
  },
  case: {
    load: () =>
      loaded(cases, all<Record<string, unknown>>("/api/v1/interference?lasting=false"), (one) =>
        keyOf(String(one.opener), String(one.id)),
      ),
    async take(key) {
      await fetched(cases, key, at("interference", ...partsOf(key)));
    },
  },
  matter: {
    load: () => loaded(matters, all<Matter>("/api/v1/council?lasting=false"), keyOfMatter),
    async take(key) {
      await fetched(matters, key, at("council", ...partsOf(key)));
    },
  },
};

let source: EventSource | null = null;
let heard_ms = $state(0);
let behind_ms: number | null = $state(null); // since when changes may have been missed
let now_ms = $state(0);
let linked = $state(false);
let failure: Refusal | null = $state.raw(null);
let changes = $state(0);
let waiting: Change[] | null = null;
let last: Promise<void> = Promise.resolve();
let looking: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<(change: Change) => void>();

/** Take changes one after another, in the order in which they came. */
function takeNext(change: Change): void {
  const mine = epoch;
  last = last.then(() => (mine === epoch ? take(change) : undefined));
}

async function take(change: Change): Promise<void> {
  try {
    await SOURCES[change.table]?.take(change.key, change.record);
    tell(change);
  } catch (error) {
    lost(error);
  }
}

function tell(change: Change): void {
  changes += 1;
  for (const listener of listeners) listener(change);
}

/** Something that had to be fetched did not come: what is shown may be old until it is loaded. */
function lost(error: unknown): void {
  if (!source) return;
  failure = error instanceof Refusal ? error : new Refusal(0, { detail: String(error) });
  setTimeout(() => void loadAll(), RETRY_MS);
}

let loading = false;
let wanted = false;

/** Load every table; wanted again meanwhile, it is done again: what came between may be missed. */
async function loadAll(): Promise<void> {
  wanted = true;
  if (loading) return;
  loading = true;
  while (wanted && source) {
    wanted = false;
    await loadOnce();
  }
  loading = false;
}

async function loadOnce(): Promise<void> {
  const mine = (epoch += 1);
  last = Promise.resolve();
  const missed: Change[] = [];
  waiting = missed;
  try {
    await Promise.all(Object.values(SOURCES).map((one) => one.load()));
    if (mine !== epoch) return;
    if (!wanted) [failure, behind_ms] = [null, null];
    for (const table of UNTABLED) tell({ table, key: "", at_s: clock.now_s });
    missed.forEach(takeNext);
  } catch (error) {
    if (mine === epoch) lost(error);
  } finally {
    if (waiting === missed) waiting = null;
  }
}

function hear(): void {
  heard_ms = performance.now();
}

/** From here on changes may have been missed, until everything is loaded anew. */
function fallBehind(): void {
  if (heard_ms !== 0 && live.ready) behind_ms ??= heard_ms;
}

function onChange(event: MessageEvent<string>): void {
  hear();
  try {
    const change = JSON.parse(event.data) as Change;
    if (waiting) waiting.push(change);
    else takeNext(change);
  } catch (error) {
    lost(error); // a change that cannot be read is a change that was missed
  }
}

function onHere(event: MessageEvent<string>): void {
  hear();
  const { at_s } = JSON.parse(event.data) as { at_s?: number };
  if (typeof at_s === "number") clock.hear(at_s);
}

const UNTABLED = ["watch", "watch_plan", "broken", "agreement"];
const TABLES = [...Object.keys(SOURCES), ...UNTABLED];

function open(): void {
  source?.close();
  const opened = new EventSource("/events");
  source = opened;
  opened.onopen = () => {
    hear();
    linked = true;
    void session.ask();
    void loadAll();
  };
  opened.onerror = () => {
    linked = false;
    fallBehind();
    if (opened.readyState !== EventSource.CLOSED || source !== opened) return;
    void session.ask();
    setTimeout(() => {
      if (source === opened) open();
    }, RETRY_MS);
  };
  opened.addEventListener("here", onHere);
  opened.addEventListener("missed", () => {
    hear();
    fallBehind();
    void loadAll();
  });
  for (const table of TABLES) opened.addEventListener(table, onChange as EventListener);
}

const since = (then_ms: number) => (then_ms === 0 ? Infinity : Math.max(0, (now_ms - then_ms) / 1000));
const age_s = $derived(since(behind_ms ?? heard_ms));

export const live = {
  activities, conflicts, notices, alarms, peers, cases, matters,
  /** How old what is shown is, in seconds; Infinity: nothing was heard yet. */
  get age_s(): number {
    return age_s;
  },
  /** What is shown may be old: the node is silent, or something did not load. */
  get stale(): boolean {
    return age_s > STALE_S || failure !== null;
  },
  /** Nothing is heard of the node. */
  get silent(): boolean {
    return since(heard_ms) > STALE_S;
  },
  get linked(): boolean {
    return linked;
  },
  /** Whether every table was loaded once. */
  get ready(): boolean {
    return [activities, conflicts, notices, alarms, peers, matters].every((one) => one.loaded);
  },
  get failure(): Refusal | null {
    return failure;
  },
  /** Counts every change that was taken: to follow what has no table here. */
  get changes(): number {
    return changes;
  },
  /** Hear of every change; returns what ends it. */
  listen(listener: (change: Change) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  start(): void {
    if (source) return;
    now_ms = performance.now();
    looking ??= setInterval(() => {
      now_ms = performance.now();
    }, LOOK_MS);
    open();
  },
  /** Leave: somebody else may sign in. */
  stop(): void {
    source?.close();
    source = null;
    epoch += 1;
    [linked, heard_ms, behind_ms, failure] = [false, 0, null, null];
    for (const table of [activities, conflicts, notices, alarms, peers, cases, matters]) {
      table.replace([]);
      table.loaded = false;
    }
  },
  activity(party: string, id: string): Held | undefined {
    return activities.get(keyOf(party, id));
  },
  /** Activities in force, ours or theirs. */
  get inForce(): readonly Held[] {
    return activities.list.filter((held) => !isOver(held));
  },
};

/** What the node holds, kept up to date by its stream of events, and how old it is.

A frozen picture is the worst failure: as soon as nothing was heard for a few seconds, `stale`.
*/
import { all, api, asking, at, Refusal, type Page } from "./api.ts";
import { clock } from "./clock.svelte.ts";
import {
  isOver, keyOf, partsOf,
  type Alarm, type Held, type Matter, type Met, type Notice, type Peer,
} from "./records.ts";
import { session } from "./session.svelte.ts";

export const STALE_S = 4;
const RETRY_MS = 1500;
const LOOK_MS = 250;

/** A table that components can follow: reading it follows every change to it. */
export class Table<T> {
  #rows = new Map<string, T>();
  #version = $state(0);
  #list: T[] | null = null;
  loaded = $state(false);

  /** Changes with every change to the table. */
  get version(): number {
    return this.#version;
  }
  get size(): number {
    return this.rows.size;
  }
  get rows(): ReadonlyMap<string, T> {
    void this.#version;
    return this.#rows;
  }
  get list(): readonly T[] {
    void this.#version;
    return (this.#list ??= [...this.#rows.values()]);
  }
  get(key: string): T | undefined {
    return this.rows.get(key);
  }
  set(key: string, row: T): void {
    this.#rows.set(key, row);
    this.changed();
  }
  remove(key: string): void {
    if (this.#rows.delete(key)) this.changed();
  }
  replace(rows: Iterable<[string, T]>): void {
    this.#rows = new Map(rows);
    this.loaded = true;
    this.changed();
  }
  private changed(): void {
    this.#list = null;
    this.#version += 1;
  }
}

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

/** Ask for one record; gone (404) is taken out, and so is what we may not see. */
async function fetched<T>(table: Table<T>, key: string, path: string): Promise<void> {
  try {
    table.set(key, await api.get<T>(path));
  } catch (error) {
    if (error instanceof Refusal && (error.status === 404 || error.status === 403)) {
      table.remove(key);
    } else throw error;
  }
}

function keep<T>(table: Table<T>, key: string, record: T, lasts: boolean): void {
  if (lasts) table.set(key, record);
  else table.remove(key);
}

const SOURCES: Record<string, Source> = {
  activity: {
    async load() {
      const found = await all<Held>("/api/v1/activities");
      activities.replace(found.map((held) => [keyOfHeld(held), held]));
    },
    async take(key, record) {
      const [party = "", id = ""] = partsOf(key);
      if (record) activities.set(key, record as Held);
      else await fetched(activities, key, asking(at("activities", id), { party }));
    },
  },
  conflict: {
    async load() {
      const found = await all<Met>("/api/v1/conflicts");
      conflicts.replace(found.map((met) => [met.id, met]));
    },
    async take(key, record) {
      if (!record) await fetched(conflicts, key, at("conflicts", key));
      const met = (record as Met | undefined) ?? conflicts.get(key);
      if (met) keep(conflicts, key, met, met.ended_s == null);
    },
  },
  notice: {
    async load() {
      const found = await all<Notice>("/api/v1/notices");
      notices.replace(found.map((notice) => [notice.message, notice]));
    },
    async take(key, record) {
      if (record) notices.set(key, record as Notice);
      else await fetched(notices, key, at("notices", key));
    },
  },
  alarm: {
    async load() {
      const page = await api.get<Page<Alarm>>("/api/v1/alarms?limit=1000");
      alarms.replace(page.items.map((alarm) => [alarm.id, alarm]));
    },
    async take(key, record) {
      if (!record) return this.load();
      const alarm = record as Alarm;
      keep(alarms, key, alarm, alarm.cleared_s == null);
    },
  },
  peer: {
    async load() {
      const found = await api.get<Peer[]>("/api/v1/peers");
      peers.replace(found.map((peer) => [peer.party, peer]));
    },
    async take(key, record) {
      if (record) peers.set(key, record as Peer);
      else await fetched(peers, key, at("peers", ...partsOf(key)));
    },
  },
  case: {
    async load() {
      const found = await all<Record<string, unknown>>("/api/v1/interference?lasting=false");
      cases.replace(found.map((one) => [keyOf(String(one.opener), String(one.id)), one]));
    },
    async take(key) {
      await fetched(cases, key, at("interference", ...partsOf(key)));
    },
  },
  matter: {
    async load() {
      const found = await all<Matter>("/api/v1/council?lasting=false");
      matters.replace(found.map((one) => [keyOfMatter(one), one]));
    },
    async take(key) {
      await fetched(matters, key, at("council", ...partsOf(key)));
    },
  },
};

let source: EventSource | null = null;
let heard_ms = $state(0);
let now_ms = $state(0);
let linked = $state(false);
let failure: Refusal | null = $state.raw(null);
let changes = $state(0);
let waiting: Change[] | null = null;
let last: Promise<void> = Promise.resolve();
const listeners = new Set<(change: Change) => void>();

/** Take changes one after another, in the order in which they came. */
function takeNext(change: Change): void {
  last = last.then(() => take(change));
}

async function take(change: Change): Promise<void> {
  try {
    await SOURCES[change.table]?.take(change.key, change.record);
    changes += 1;
    for (const listener of listeners) listener(change);
  } catch (error) {
    lost(error);
  }
}

/** Something that had to be fetched did not come: what is shown may be old until it is loaded. */
function lost(error: unknown): void {
  failure = error instanceof Refusal ? error : new Refusal(0, { detail: String(error) });
  setTimeout(() => void loadAll(), RETRY_MS);
}

let loading = false;

async function loadAll(): Promise<void> {
  if (loading || !source) return;
  loading = true;
  waiting = [];
  try {
    await Promise.all(Object.values(SOURCES).map((one) => one.load()));
    failure = null;
    const missed = waiting;
    waiting = null;
    missed.forEach(takeNext);
  } catch (error) {
    lost(error);
  } finally {
    waiting = null;
    loading = false;
  }
}

function hear(): void {
  heard_ms = performance.now();
}

function onChange(event: MessageEvent<string>): void {
  hear();
  const change = JSON.parse(event.data) as Change;
  if (waiting) waiting.push(change);
  else takeNext(change);
}

function onHere(event: MessageEvent<string>): void {
  hear();
  const { at_s } = JSON.parse(event.data) as { at_s?: number };
  if (typeof at_s === "number") clock.hear(at_s);
}

const TABLES = [...Object.keys(SOURCES), "watch", "watch_plan", "broken", "agreement"];

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
    if (opened.readyState !== EventSource.CLOSED || source !== opened) return;
    void session.ask();
    setTimeout(() => {
      if (source === opened) open();
    }, RETRY_MS);
  };
  opened.addEventListener("here", onHere);
  opened.addEventListener("missed", () => {
    hear();
    void loadAll();
  });
  for (const table of TABLES) opened.addEventListener(table, onChange as EventListener);
}

const age_s = $derived(heard_ms === 0 ? Infinity : Math.max(0, (now_ms - heard_ms) / 1000));

export const live = {
  activities, conflicts, notices, alarms, peers, cases, matters,
  /** Seconds since the node was last heard; Infinity: never. */
  get age_s(): number {
    return age_s;
  },
  /** What is shown may be old: the node is silent, or something did not load. */
  get stale(): boolean {
    return age_s > STALE_S || failure !== null;
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
    setInterval(() => {
      now_ms = performance.now();
    }, LOOK_MS);
    open();
  },
  /** Leave: somebody else may sign in. */
  stop(): void {
    source?.close();
    source = null;
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

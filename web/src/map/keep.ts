/** What this browser keeps of the user's own layers: IndexedDB, and nowhere else. */
import type { UserLayer } from "./layers.ts";

const NAME = "wideberth.layers";
const TABLE = "layers";

export interface Kept extends UserLayer {
  readonly order: number;
}

export async function keptLayers(): Promise<Kept[]> {
  const found = await inTable("readonly", (table) => table.getAll());
  return (found as Kept[]).sort((a, b) => a.order - b.order);
}

export async function keepLayer(layer: Kept): Promise<void> {
  await inTable("readwrite", (table) => table.put(layer));
}

export async function forgetLayer(id: string): Promise<void> {
  await inTable("readwrite", (table) => table.delete(id));
}

async function inTable<T>(
  mode: IDBTransactionMode, ask: (table: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const base = await opened();
  try {
    return await answer(ask(base.transaction(TABLE, mode).objectStore(TABLE)));
  } finally {
    base.close();
  }
}

function opened(): Promise<IDBDatabase> {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(TABLE, { keyPath: "id" });
  return answer(asked);
}

function answer<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error ?? new Error("IndexedDB"));
  });
}

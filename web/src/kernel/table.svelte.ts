/** Rows by their keys. */

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

/** Which of many intervals [from, to) hold at an instant or touch a window. */

export interface Interval {
  readonly from_s: number | null;
  readonly to_s: number | null;
}

const LEAF = 16;

/**
 * The intervals sorted by their start, over blocks that know the latest end below them:
 * a block that ended before is passed over whole.
 */
export class Active {
  readonly #order: Uint32Array;
  readonly #from: Float64Array;
  readonly #to: Float64Array;
  readonly #latest: Float64Array;
  readonly #leaves: number;

  constructor(items: readonly Interval[]) {
    const starts = Float64Array.from(items, (item) => item.from_s ?? -Infinity);
    this.#order = Uint32Array.from(items.keys()).sort(
      (a, b) => starts[a]! - starts[b]! || a - b,
    );
    this.#from = Float64Array.from(this.#order, (at) => starts[at]!);
    this.#to = Float64Array.from(this.#order, (at) => items[at]!.to_s ?? Infinity);
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(1, Math.ceil(items.length / LEAF))));
    this.#latest = latest(this.#to, this.#leaves);
  }

  /** The places, ascending, of those with from <= at < to. */
  at(at_s: number): Uint32Array {
    return this.#touching(at_s, at_s);
  }

  /** The places, ascending, of those that share an instant with [from, to); an instant if equal. */
  within(from_s: number, to_s: number): Uint32Array {
    return this.#touching(from_s, Math.max(from_s, to_s));
  }

  #touching(from_s: number, to_s: number): Uint32Array {
    const begun = from_s === to_s ? above(this.#from, from_s) : below(this.#from, to_s);
    const found: number[] = [];
    this.#gather(1, 0, this.#leaves * LEAF, begun, from_s, found);
    return Uint32Array.from(found).sort();
  }

  #gather(node: number, low: number, high: number, begun: number, at: number, found: number[]) {
    if (low >= begun || !(this.#latest[node]! > at)) return;
    if (node >= this.#leaves) {
      for (let i = low; i < Math.min(high, begun); i += 1)
        if (this.#to[i]! > at && this.#to[i]! > this.#from[i]!) found.push(this.#order[i]!);
      return;
    }
    const middle = (low + high) / 2;
    this.#gather(2 * node, low, middle, begun, at, found);
    this.#gather(2 * node + 1, middle, high, begun, at, found);
  }
}

export function same(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}

function latest(to: Float64Array, leaves: number): Float64Array {
  const tree = new Float64Array(2 * leaves).fill(-Infinity);
  to.forEach((value, at) => {
    const leaf = leaves + Math.floor(at / LEAF);
    tree[leaf] = Math.max(tree[leaf]!, value);
  });
  for (let node = leaves - 1; node > 0; node -= 1)
    tree[node] = Math.max(tree[2 * node]!, tree[2 * node + 1]!);
  return tree;
}

/** How many of the sorted are less than the value. */
function below(sorted: Float64Array, value: number): number {
  return search(sorted, (found) => found < value);
}

/** How many of the sorted are at most the value. */
function above(sorted: Float64Array, value: number): number {
  return search(sorted, (found) => found <= value);
}

function search(sorted: Float64Array, before: (found: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

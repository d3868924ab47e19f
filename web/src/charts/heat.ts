/** How many items lie over each cell: what is drawn where items are too many to tell apart. */

export interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

export interface Heat {
  columns: number;
  rows: number;
  counts: Int32Array;
  most: number;
}

/** Count boxes over square cells; a box counts in every cell it touches, at least one. */
export function heatOf(boxes: readonly Box[], width: number, height: number, cell: number): Heat {
  const columns = Math.max(1, Math.ceil(width / cell));
  const rows = Math.max(1, Math.ceil(height / cell));
  const stride = columns + 1;
  const counts = new Int32Array(stride * (rows + 1));
  const add = (place: number, by: number) => {
    counts[place] = (counts[place] ?? 0) + by;
  };
  for (const box of boxes) {
    const [c0, c1] = span(box.x0, box.x1, cell, columns);
    const [r0, r1] = span(box.y0, box.y1, cell, rows);
    add(r0 * stride + c0, 1);
    add(r0 * stride + c1, -1);
    add(r1 * stride + c0, -1);
    add(r1 * stride + c1, 1);
  }
  return summed(counts, columns, rows);
}

/** First cell, and the one after the last. */
function span(low: number, high: number, cell: number, cells: number): [number, number] {
  const first = Math.min(Math.max(0, Math.floor(low / cell)), cells - 1);
  return [first, Math.min(Math.max(first + 1, Math.ceil(high / cell)), cells)];
}

/** Corner marks summed along both axes are the counts. */
function summed(marks: Int32Array, columns: number, rows: number): Heat {
  const stride = columns + 1;
  const counts = new Int32Array(columns * rows);
  const above = new Int32Array(columns);
  let most = 0;
  for (let row = 0; row < rows; row++) {
    let along = 0;
    for (let column = 0; column < columns; column++) {
      along += marks[row * stride + column] ?? 0;
      const count = along + (above[column] ?? 0);
      above[column] = count;
      counts[row * columns + column] = count;
      if (count > most) most = count;
    }
  }
  return { columns, rows, counts, most };
}

/** Cells along one axis: how many intervals lie over each; open ends reach the edge. */
export function density(
  intervals: readonly (readonly [number | null, number | null])[],
  low: number,
  high: number,
  cells: number,
): Int32Array {
  const marks = new Int32Array(cells + 1);
  const scale = cells / (high - low);
  for (const [from, to] of intervals) {
    const start = from ?? low;
    const end = to ?? high;
    if (start >= high || end <= low) continue;
    const first = Math.min(Math.max(0, Math.floor((start - low) * scale)), cells - 1);
    const after = Math.min(Math.max(first + 1, Math.ceil((end - low) * scale)), cells);
    marks[first] = (marks[first] ?? 0) + 1;
    marks[after] = (marks[after] ?? 0) - 1;
  }
  for (let cell = 1; cell < cells; cell++) marks[cell] = (marks[cell] ?? 0) + (marks[cell - 1] ?? 0);
  return marks.subarray(0, cells);
}

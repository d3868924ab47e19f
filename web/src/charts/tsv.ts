/** A table as text for a spreadsheet: tab-separated, and no cell that it would take as a formula. */

export type Cell = string | number | null;

// OWASP, "CSV Injection": what makes a spreadsheet reckon instead of show.
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;

export function asTsv(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => row.map(cellText).join("\t")).join("\n");
}

function cellText(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const guarded = FORMULA.test(cell) ? `'${cell}` : cell;
  return guarded.replace(/[\t\r\n\u2028\u2029]+/g, " ");
}

import { type Place, Source, type Span } from "../core/source.ts";
import { cellName } from "./read-sheet.ts";
import type { ReadCell, ReadSheet } from "./read-xlsx.ts";

/** A cell by its place, both from 1. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/**
 * A sheet as a source that diagnostics can point into: its text is that of its cells, one after another, and a place in
 * it is told by the cell's address, `ark.xlsx:Status!D7`.
 */
export class CellSource extends Source {
  readonly #sheet: string;
  readonly #cells: readonly (CellPlace & { readonly start: number; readonly text: string })[];

  constructor(path: string, { name, cells }: ReadSheet, others: readonly CellPlace[] = []) {
    const all = inOrder([...cells, ...others.map((place) => ({ ...place, text: "" }))]);
    let start = 0;
    const placed = all.map((cell) => {
      const text = oneLine(cell.text);
      const at = { row: cell.row, column: cell.column, start, text };
      start += text.length + 1;
      return at;
    });
    super(path, placed.map(({ text }) => text).join("\n"));
    this.#sheet = name;
    this.#cells = placed;
  }

  /** The whole of a cell, or a piece of it; the first cell's place for one that is not there. */
  cellSpan({ row, column }: CellPlace, from = 0, to = Number.POSITIVE_INFINITY): Span {
    const cell = this.#cells.find((one) => one.row === row && one.column === column);
    if (!cell) return this.span(0);
    const inside = (offset: number) => cell.start + Math.max(0, Math.min(offset, cell.text.length));
    return this.span(inside(from), inside(to));
  }

  override place(offset: number): Place {
    const { row, column } = this.#at(offset);
    return { line: row, column };
  }

  override where(offset: number): string {
    const { row, column } = this.#at(offset);
    return `${this.path}:${this.#sheet}!${cellName(row, column)}`;
  }

  override excerpt(offset: number): { label: string; text: string; at: number } {
    const { row, column, start, text } = this.#at(offset);
    return { label: cellName(row, column), text, at: offset - start };
  }

  #at(offset: number): CellPlace & { readonly start: number; readonly text: string } {
    const found = this.#cells.findLast((cell) => cell.start <= offset);
    return found ?? { row: 1, column: 1, start: 0, text: "" };
  }
}

/** Cells in reading order, each place once, filled ones before empty ones of the same place. */
function inOrder<Cell extends Pick<ReadCell, "row" | "column" | "text">>(cells: readonly Cell[]): Cell[] {
  const sorted = [...cells].sort((a, b) => a.row - b.row || a.column - b.column || b.text.length - a.text.length);
  return sorted.filter(
    (cell, index) => cell.row !== sorted[index - 1]?.row || cell.column !== sorted[index - 1]?.column,
  );
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]/g, " ");
}

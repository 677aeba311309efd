import { Failure } from "../../core/failure.ts";
import type { Part, Position } from "./part.ts";

/** A page of the whole: which part it is from, and which of that part's pages, both counted from 0. */
export interface Slot {
  readonly part: number;
  readonly page: number;
}

/** The order of all pages, and where parts went into the host. */
export interface Layout {
  readonly slots: readonly Slot[];
  /** For each part the number of host pages before it, counted in the host's own numbers; the host's own is 0. */
  readonly boundaries: readonly number[];
  /** For a host page that was replaced, the slot that stands for it now. */
  readonly replacedBy: ReadonlyMap<number, number>;
  /** Whether every part comes after all of the host. */
  readonly inRow: boolean;
}

/**
 * Works out the order of the pages. Parts at the same place stand there in the order they are given in.
 *
 * @param counts the number of pages of each part
 * @throws Failure `sider` for pages that are not there, and for places that contradict each other
 */
export function layOut(parts: readonly Part[], counts: readonly number[]): Layout {
  const [host] = parts;
  if (!host) throw new Failure("usage", "sider", "Der er intet at sætte sammen.");
  const [hostFirst, hostEnd] = range(host, counts[0] ?? 0);
  const replaced = new Set<number>();
  const boundaries = parts.map((part, index) => (index === 0 ? 0 : boundary(part, counts[0] ?? 0, hostEnd, replaced)));
  for (const [index, at] of boundaries.entries()) {
    if (index > 0 && replaced.has(at) && replaced.has(at - 1) && parts[index]?.at?.kind !== "instead") {
      throw new Failure("usage", "sider", `${parts[index]?.name} skal ind mellem sider, som en anden fil erstatter.`);
    }
  }
  const slots: Slot[] = [];
  const replacedBy = new Map<number, number>();
  const insert = (at: number) => {
    for (const [index, part] of parts.entries()) {
      if (index === 0 || boundaries[index] !== at) continue;
      if (part.at?.kind === "instead") {
        for (let page = part.at.from - 1; page < part.at.to; page++) replacedBy.set(page, slots.length);
      }
      const [first, end] = range(part, counts[index] ?? 0);
      for (let page = first; page < end; page++) slots.push({ part: index, page });
    }
  };
  for (let page = hostFirst; page < hostEnd; page++) {
    insert(page);
    if (!replaced.has(page)) slots.push({ part: 0, page });
  }
  insert(hostEnd);
  const inRow = parts.every((_, index) => index === 0 || boundaries[index] === hostEnd) && replaced.size === 0;
  return { slots, boundaries, replacedBy, inRow };
}

function range({ name, pages }: Part, count: number): readonly [first: number, end: number] {
  if (!pages) return [0, count];
  const { from, to } = pages;
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 1 || to > count || from > to) {
    throw new Failure("usage", "sider", `${name} har ikke siderne ${from}-${to}; den har ${count}.`);
  }
  return [from - 1, to];
}

function boundary({ name, at }: Part, count: number, end: number, replaced: Set<number>): number {
  if (!at) return end;
  const [from, to] = pagesOf(at);
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 1 || to > count || from > to) {
    throw new Failure("usage", "sider", `${name} kan ikke stå ved side ${from}: dokumentet har ${count} sider.`);
  }
  if (at.kind === "after") return to;
  if (at.kind === "instead") {
    for (let page = from - 1; page < to; page++) {
      if (replaced.has(page)) throw new Failure("usage", "sider", `Side ${page + 1} skal erstattes to gange.`);
      replaced.add(page);
    }
  }
  return from - 1;
}

function pagesOf(at: Position): readonly [from: number, to: number] {
  return at.kind === "instead" ? [at.from, at.to] : [at.page, at.page];
}

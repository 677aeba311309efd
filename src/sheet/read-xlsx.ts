import { posix } from "node:path";
import { readSheet } from "./read-sheet.ts";
import { refusal, unpack } from "./unpack.ts";
import { formatsOf, sharedStringsOf, type WorkbookParts } from "./workbook.ts";
import { BadXml, readXml } from "./xml.ts";

/** A cell that somebody has filled in: what it says, as a Dane would write it. */
export interface ReadCell {
  /** From 1. */
  readonly row: number;
  /** From 1. */
  readonly column: number;
  /** A number with a decimal comma, a day as 2022-06-30, or words. */
  readonly text: string;
  /** What a formula came to that has no value: `#REF!`, or nothing. */
  readonly fault?: "error" | "no value";
}

/** A sheet, its cells in the order they stand in. */
export interface ReadSheet {
  readonly name: string;
  readonly cells: readonly ReadCell[];
}

/** Reads the sheets of a workbook, whoever wrote it. What cannot be taken in is a `Failure` that says why. */
export async function readXlsx(path: string, bytes: Uint8Array): Promise<ReadSheet[]> {
  const parts = await unpack(path, bytes);
  try {
    const book = workbookOf(parts);
    if (!book) throw refusal(path, "er ikke et regneark", "Gem arket som Excel-projektmappe (.xlsx).");
    const strings = sharedStringsOf(parts.get(book.strings));
    const styles = { formats: formatsOf(parts.get(book.styles)), since1904: book.since1904, strings };
    return book.sheets.map(({ name, part }) => ({
      name,
      cells: readSheet(path, { name, bytes: parts.get(part) }, styles),
    }));
  } catch (cause) {
    if (!(cause instanceof BadXml)) throw cause;
    const problem =
      cause.message === "doctype" ? "har en dokumenttype i sig, og det må et regneark ikke have" : "er beskadiget";
    throw refusal(path, problem, "Åbn den i regnearket, og gem den igen.", cause);
  }
}

/** Where a workbook has its parts (ECMA-376-1, 12.3.23; 9.2 for relationships). */
function workbookOf(parts: ReadonlyMap<string, Uint8Array>): WorkbookParts | undefined {
  const main = relationships(parts, "").find(({ type }) => type === "officeDocument")?.target;
  const bytes = main === undefined ? undefined : parts.get(main);
  if (!main || !bytes) return undefined;
  const related = relationships(parts, main);
  const byType = (type: string) => related.find((one) => one.type === type)?.target ?? "";
  const sheets: { name: string; part: string }[] = [];
  let since1904 = false;
  readXml(bytes, {
    open: ({ name, attributes }) => {
      if (name === "workbookPr") since1904 = /^(?:1|true)$/.test(attributes.date1904 ?? "");
      if (name !== "sheet") return;
      const target = related.find(({ id }) => id === attributes.id);
      if (target?.type === "worksheet") sheets.push({ name: attributes.name ?? "", part: target.target });
    },
    text: () => {},
    close: () => {},
  });
  return { sheets, since1904, strings: byType("sharedStrings"), styles: byType("styles") };
}

function relationships(
  parts: ReadonlyMap<string, Uint8Array>,
  of: string,
): { id: string; type: string; target: string }[] {
  const bytes = parts.get(posix.join(posix.dirname(of), "_rels", `${posix.basename(of)}.rels`));
  const found: { id: string; type: string; target: string }[] = [];
  if (!bytes) return found;
  readXml(bytes, {
    open: ({ name, attributes: { Id = "", Type = "", Target = "", TargetMode } }) => {
      if (name !== "Relationship" || TargetMode === "External") return;
      const path = Target.startsWith("/") ? Target.slice(1) : posix.join(posix.dirname(of), Target);
      found.push({ id: Id, type: Type.split("/").at(-1) ?? "", target: path.toLowerCase() });
    },
    text: () => {},
    close: () => {},
  });
  return found;
}

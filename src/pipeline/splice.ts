import { basename, join } from "node:path";
import { Failure } from "../core/failure.ts";
import { readBytes, writeAtomically } from "../core/files.ts";
import { findPlaceApart, mergeApart } from "../pdf/merge/apart.ts";
import type { MergeReport, Part, Remark } from "../pdf/merge/part.ts";
import type { FoundPlace, Side } from "../pdf/merge/place/find-place.ts";

/** What became of a merge: the file, and what there is to say of it. */
export interface MergedFile {
  readonly path: string;
  readonly bytes: number;
  readonly report: MergeReport;
  /** Where it was put, in Danish; undefined for files that follow one another. */
  readonly place: string | undefined;
}

/** Where a document goes in a report that was made elsewhere. */
export interface Into {
  /** The report's path. */
  readonly report: string;
  /** A bookmark, a heading, or a page, as people call it. */
  readonly at: string;
  readonly side: Side;
}

/**
 * Puts a finished document into a report and writes the whole beside the document: `aarsrapport.samlet.pdf`.
 *
 * @throws Failure for a report that is refused, and for a place that is not found; see `mergePdfs` and `findPlace`
 */
export async function spliceInto(into: Into, document: string, signal: AbortSignal): Promise<MergedFile> {
  const host = await foreignFile(into.report);
  const added = await foreignFile(document);
  const place = await findPlaceApart(host.bytes, host.name, into.at, into.side, signal);
  const { pdf, report } = await mergeApart([host, { ...added, at: place.position }], signal);
  const path = join(document, "..", `${basename(into.report).replace(/\.pdf$/i, "")}.samlet.pdf`);
  await writeAtomically(path, pdf);
  const remarks = [...report.remarks, ...movedPages(place, report.parts[0]?.pages ?? [])];
  return { path, bytes: pdf.length, report: { ...report, remarks }, place: place.told };
}

/** What the report's own table of contents says and is so no more: nobody can change the numbers in it. */
function movedPages(place: FoundPlace, left: readonly number[]): Remark[] {
  const { position, contents } = place;
  const replaced = position.kind === "instead";
  const gone = replaced ? position.to - position.from + 1 : 0;
  const before = replaced ? position.from - 1 : position.kind === "after" ? position.page : position.page - 1;
  const moved = contents.flatMap(({ title, page, number }) => {
    if (number <= before + gone) return [];
    const now = left[number - 1 - gone];
    return now === undefined || now === number ? [] : [`»${title}« (side ${page}) er nu side ${now}`];
  });
  if (moved.length === 0) return [];
  const some = moved.slice(0, 8).join("; ");
  const more = moved.length > 8 ? `; og ${moved.length - 8} til` : "";
  return [
    { code: "sidetal-passer-ikke", message: `Rapportens indholdsfortegnelse passer ikke længere: ${some}${more}.` },
  ];
}

/** Puts files one after another. @throws Failure for one that is refused; see `mergePdfs` */
export async function joinFiles(files: readonly string[], path: string, signal: AbortSignal): Promise<MergedFile> {
  const parts = await Promise.all(files.map(foreignFile));
  const { pdf, report } = await mergeApart(parts, signal);
  await writeAtomically(path, pdf);
  return { path, bytes: pdf.length, report, place: undefined };
}

/** Nobody's report is larger, in bytes; a mistaken path may be. */
const LARGEST = 500 * 1024 * 1024;

async function foreignFile(path: string): Promise<Part> {
  const bytes = await readBytes(path);
  if (!bytes) throw new Failure("usage", "fil-mangler", `Filen ${path} findes ikke.`);
  if (bytes.length > LARGEST) throw new Failure("foreign", "pdf-for-tung", `${path} er for stor til at blive læst.`);
  return { name: basename(path), bytes };
}

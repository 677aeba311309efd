import { basename, extname, join } from "node:path";
import { Failure } from "../core/failure.ts";
import { readBytes, writeAtomically } from "../core/files.ts";
import type { FileToEmbed } from "../pdf/embedded-file.ts";
import { findCaptionsApart, findPlaceApart, findTitlesApart, mergeApart } from "../pdf/merge/apart.ts";
import type { MergeReport, PageRange, Part, Remark } from "../pdf/merge/part.ts";
import type { FoundPlace, Side } from "../pdf/merge/place/find-place.ts";
import { refuseLoss } from "./named-output.ts";
import { brokenNumbers, pagesAround } from "./numbers-around.ts";

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

/** A report, and the place in it. */
export interface Located {
  readonly host: Part;
  readonly place: FoundPlace;
}

/**
 * Finds the place, before anything is made for it.
 *
 * @param document the path of what is to be made, and put there
 * @throws Failure for a report that is refused or would be lost, and for a place that is not found; see `findPlace`, `refuseLoss`
 */
export async function locate(into: Into, document: string, signal: AbortSignal): Promise<Located> {
  const host = await foreignFile(into.report);
  await refuseLoss([document, wholeBeside(document, host)], [into.report]);
  return { host, place: await findPlaceApart(host.bytes, host.name, into.at, into.side, signal) };
}

/** Where the whole goes: `aarsrapport.samlet.pdf`, beside the document that is put into it. */
function wholeBeside(document: string, host: Part): string {
  return join(document, "..", `${host.name.replace(/\.pdf$/i, "")}.samlet.pdf`);
}

/**
 * Puts a finished document into a report and writes the whole beside the document.
 *
 * @throws Failure for a report that is refused; see `mergePdfs`
 */
export async function spliceInto({ host, place }: Located, document: string, signal: AbortSignal): Promise<MergedFile> {
  const added = await foreignFile(document);
  const { pdf, report } = await mergeApart([host, { ...added, at: place.position }], signal);
  const path = wholeBeside(document, host);
  await writeAtomically(path, pdf);
  const numbers = brokenNumbers(place, await findCaptionsApart(added.bytes, added.name, signal));
  const remarks = [...report.remarks, ...numbers, ...(await wrongContents({ host, place }, added, report, signal))];
  return { path, bytes: pdf.length, report: { ...report, remarks }, place: place.told };
}

/**
 * What the report's own table of contents says and is so no more: nobody can change the lines in it. What it says of a page that
 * made way is still so where the part that came instead has the same title on the page it says.
 */
async function wrongContents(
  { host, place }: Located,
  added: Part,
  { parts: [left, part] }: MergeReport,
  signal: AbortSignal,
): Promise<Remark[]> {
  const { before, gone } = pagesAround(place);
  const madeWay = (page: number) => page > before && page <= before + gone;
  const { from: first, to: last } = host.pages ?? { from: 1, to: Number.POSITIVE_INFINITY };
  const entries = place.contents.filter(
    ({ number, on }) => number > before && !madeWay(on) && on >= first && on <= last,
  );
  const replaced = entries.filter(({ number }) => madeWay(number));
  const titles = replaced.map(({ title }) => title);
  const found = titles.length > 0 ? await findTitlesApart(added.bytes, added.name, titles, signal) : [];
  const now = (entry: (typeof entries)[number]) => {
    if (!madeWay(entry.number)) return left?.pages[entry.number - first - gone];
    const page = found[replaced.indexOf(entry)];
    return page === undefined ? undefined : part?.pages[page - (added.pages?.from ?? 1)];
  };
  const name = ({ title, page }: (typeof entries)[number]) => `»${title}« (side ${page})`;
  const moved = entries.flatMap((entry) => {
    const page = now(entry);
    return page === undefined || page === entry.number ? [] : [`${name(entry)} er nu side ${page}`];
  });
  const lost = replaced.filter((entry) => now(entry) === undefined).map(name);
  return [
    ...told("sidetal-passer-ikke", "Rapportens indholdsfortegnelse passer ikke længere", moved),
    ...told("indhold-taget-ud", "Rapportens indholdsfortegnelse nævner noget, der er taget ud", lost),
  ];
}

/** The most of a kind that is told: a report may have hundreds. */
const MOST = 8;

function told(code: string, what: string, items: readonly string[]): Remark[] {
  if (items.length === 0) return [];
  const more = items.length > MOST ? `; og ${items.length - MOST} til` : "";
  return [{ code, message: `${what}: ${items.slice(0, MOST).join("; ")}${more}.` }];
}

/** A file of a merge, as it was asked for. */
export interface WantedPart {
  readonly path: string;
  readonly pages?: PageRange | undefined;
  /** Texts for the pages of a file without tags, a page each. */
  readonly alternatives?: readonly string[] | undefined;
}

/** Files that are to be put together. */
export interface Join {
  readonly files: readonly WantedPart[];
  /** Where the others go in the first; behind it where nothing is said. */
  readonly at: Omit<Into, "report"> | undefined;
  /** Paths of files that go along untouched. */
  readonly attached: readonly string[];
  readonly output: string;
}

/**
 * Puts files together: one after another, or all the others at a place in the first.
 *
 * @throws Failure for a file that is refused, and for one that would be lost; see `mergePdfs`, `findPlace` and `refuseLoss`
 */
export async function joinFiles({ files, at, attached, output }: Join, signal: AbortSignal): Promise<MergedFile> {
  await refuseLoss([output], [...files.map(({ path }) => path), ...attached]);
  const [host, ...others] = await Promise.all(files.map(partOf));
  if (!host) throw new Failure("usage", "sider", "Der er intet at sætte sammen.");
  const place = at && (await findPlaceApart(host.bytes, host.name, at.at, at.side, signal));
  if (place?.position.kind === "instead" && others.length > 1) {
    throw new Failure("usage", "sider", "Med --instead kan kun én fil træde i stedet.", {
      hint: "Sæt de andre sammen til én fil først, også med resultatplan merge.",
    });
  }
  const placed = place ? others.map((part) => ({ ...part, at: place.position })) : others;
  const along = await Promise.all(attached.map(attachmentAt));
  const { pdf, report } = await mergeApart([host, ...placed], signal, { attached: along });
  await writeAtomically(output, pdf);
  const [added] = others;
  const wrong = place && added ? await wrongContents({ host, place }, added, report, signal) : [];
  const remarks = [...report.remarks, ...wrong];
  return { path: output, bytes: pdf.length, report: { ...report, remarks }, place: place?.told };
}

/** What a file is, by the ending of its name; a reader asks for no more. */
const TYPES: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  md: "text/markdown",
  txt: "text/plain",
  csv: "text/csv",
  xml: "text/xml",
  json: "application/json",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  jpg: "image/jpeg",
  png: "image/png",
};

async function attachmentAt(path: string): Promise<FileToEmbed> {
  const { name, bytes } = await foreignFile(path);
  const type = TYPES[extname(path).slice(1).toLowerCase()] ?? "application/octet-stream";
  return { name, bytes, type, description: name, relationship: "Supplement" };
}

async function partOf({ path, pages, alternatives }: WantedPart): Promise<Part> {
  return {
    ...(await foreignFile(path)),
    ...(pages && { pages }),
    ...(alternatives && { untagged: { kind: "figures", alternatives } }),
  };
}

/** Nobody's report is larger, in bytes; a mistaken path may be. */
const LARGEST = 500 * 1024 * 1024;

async function foreignFile(path: string): Promise<Part> {
  const bytes = await readBytes(path);
  if (!bytes) throw new Failure("usage", "fil-mangler", `Filen ${path} findes ikke.`);
  if (bytes.length > LARGEST) throw new Failure("foreign", "pdf-for-tung", `${path} er for stor til at blive læst.`);
  return { name: basename(path), bytes };
}

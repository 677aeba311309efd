import { Failure } from "../../core/failure.ts";
import { pageTextsApart } from "../../pdf/merge/apart.ts";
import type { Verifier } from "../../verify/apart/verifier.ts";
import type { CopyComparison } from "../../verify/contents/compare.ts";
import type { MetadataFacts } from "../../verify/inspect/metadata.ts";
import { noted, type ReturnFinding, refused, undecided } from "./findings.ts";
import type { PackageRecord } from "./record.ts";
import { type WordChange, wordChanges } from "./words.ts";

/** A returned file, to be held against a copy. */
export interface ReturnedContents {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The revision that was signed, counted from 1. */
  readonly revision: number;
  readonly metadata: MetadataFacts;
}

/** What its contents are judged by, and who reads them. */
export interface ContentGrounds {
  readonly record: PackageRecord;
  readonly verifier: Verifier;
  readonly signal: AbortSignal;
}

/** How many changes are told of one file. */
const MANY = 5;

/**
 * Whether what was signed is what was sent out: by the bytes where the signature was added to them; else, where another program
 * has saved the file anew, page by page as it is drawn, and word by word where that differs.
 *
 * @returns the findings, and whether the file begins with the copy's bytes
 */
export async function contentFindings(
  { name, bytes, revision, metadata }: ReturnedContents,
  copy: Uint8Array,
  { record, verifier, signal }: ContentGrounds,
): Promise<{ readonly findings: ReturnFinding[]; readonly untouched: boolean }> {
  const compared = await verifier.compare(copy, bytes, revision);
  if ("unreadable" in compared)
    return {
      findings: [refused("indhold-ulæseligt", `Indholdet kan ikke læses: ${compared.unreadable}`)],
      untouched: false,
    };
  const { untouched } = compared;
  if (untouched) return { findings: [...additions(compared), ...marks(compared)], untouched };
  const findings = [...otherDocument(metadata, record), ...marks(compared)];
  const foreign = findings.some(({ code }) => code === "anden-plan");
  const files = { name, bytes, copy, signal };
  if (compared.missing.length === 0) findings.push(...(await keptPages(compared, files)));
  // Of another plan, every word would differ.
  else if (!foreign) findings.push(...(await changedPages(compared, files)));
  return { findings, untouched };
}

/** What a file's own metadata say that it is: another plan, or the plan from another source. */
function otherDocument({ title, identifier }: MetadataFacts, record: PackageRecord): ReturnFinding[] {
  if (identifier === undefined || !identifier.startsWith("sha256:") || identifier === record.source) return [];
  if (title !== undefined && title !== record.title)
    return [refused("anden-plan", `Filen er en anden plan: »${title}«. Sendt ud blev »${record.title}«.`)];
  const id = identifier.slice(7, 19).replace(/(?<=^(?:.{4})+)(?=.)/g, "-");
  return [
    refused(
      "anden-udgave",
      `Filen er en anden udgave af planen: Den har dokument-id ${id}; kopierne, der er sendt ud, har ${record.documentId}.`,
    ),
  ];
}

/** Every page of the copy is there, drawn the same: what else was done to the file. */
async function keptPages(compared: CopyComparison, files: TwoFiles): Promise<ReturnFinding[]> {
  const { begins, pages, copyPages } = compared;
  const extra = pages.filter(({ same }) => same === undefined).map(({ number }) => number);
  const last = pages.findLastIndex(({ same }) => same !== undefined);
  const found = additions(compared);
  if (!begins)
    found.push(
      noted(
        "gemt-igen",
        `Et andet program har gemt filen igen, så den er ikke kopien byte for byte. Alle ${copyPages} sider er tegnet med det samme indhold, de samme skrifter og de samme billeder. For opmærkning, bogmærker og metadata kan der ikke stås inde.`,
      ),
    );
  if (extra.length === 0) return found;
  const texts = await textsOf(files);
  const beginning = (page: number) => ("theirs" in texts ? (texts.theirs[page - 1] ?? []) : []).slice(0, 12).join(" ");
  for (const page of extra) found.push(extraPage(page, page > last + 1, beginning(page)));
  return found;
}

/** A page that is not the plan's. What it says is quoted, for it is signed along with the plan. */
function extraPage(page: number, behind: boolean, beginning: string): ReturnFinding {
  const says = beginning === "" ? "Den har ingen tekst." : `Den begynder »${beginning}«.`;
  if (!behind)
    return undecided("side-imellem", `Side ${page} hører ikke til planen og er sat foran eller ind imellem. ${says}`);
  return noted(
    "side-tilføjet",
    `Side ${page} hører ikke til planen, men er sat bag på, sådan som formidlere af underskrifter gør. ${says}`,
  );
}

/** Where a signature can be seen it could cover something, which no program can tell from a signature that is where it belongs. */
function marks({ marked }: CopyComparison): ReturnFinding[] {
  if (marked.length === 0) return [];
  const where = pagesText(marked).replace(/^S/, "s");
  return [
    noted("synlig-underskrift", `Underskriften kan ses på ${where}. Se efter, at den ikke dækker noget af planen.`),
  ];
}

/** What was added behind the copy's bytes before it was signed, besides signatures. The messages are about what comes after a signature. */
function additions({ begins, added }: Pick<CopyComparison, "begins" | "added">): ReturnFinding[] {
  if (!begins || added.length === 0) return [];
  const told = added.slice(0, MANY).map((one) => one.replace(" efter underskriften", ""));
  return [noted("tilføjet-før", `Da der blev skrevet under, var der føjet mere til kopien: ${told.join(" ")}`)];
}

interface TwoFiles {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly copy: Uint8Array;
  readonly signal: AbortSignal;
}

/** Some page is drawn otherwise: what its words say, and what cannot be vouched for. */
async function changedPages({ missing, pages, copyPages }: CopyComparison, files: TwoFiles): Promise<ReturnFinding[]> {
  if (pages.length < copyPages)
    return [refused("sider-mangler", `Filen har ${pages.length} sider; kopien har ${copyPages}.`)];
  const texts = await textsOf(files);
  if (!("ours" in texts)) return [texts];
  const found: ReturnFinding[] = [];
  /** The pages whose words are all there, by what was added to them. */
  const anew = new Map<string, number[]>();
  for (const page of missing) {
    const changes = wordChanges(texts.ours[page - 1] ?? [], texts.theirs[page - 1] ?? []);
    const words = changes.filter(({ was }) => was !== "");
    found.push(...words.slice(0, MANY).map((change) => refused("ord-ændret", `Side ${page}: ${wordText(change)}.`)));
    if (words.length > MANY) found.push(refused("ord-ændret", `Side ${page}: og ${words.length - MANY} steder til.`));
    const added = changes.map(({ now }) => now).join(" … ");
    if (words.length === 0) anew.set(added, [...(anew.get(added) ?? []), page]);
  }
  found.push(...[...anew].map(([added, numbers]) => drawnAnew(pagesText(numbers), added)));
  for (const { number } of pages.slice(copyPages))
    found.push(extraPage(number, true, (texts.theirs[number - 1] ?? []).slice(0, 12).join(" ")));
  return found;
}

function wordText({ was, now }: WordChange): string {
  return now === "" ? `»${short(was)}« er taget ud` : `»${short(was)}« er blevet »${short(now)}«`;
}

function drawnAnew(pages: string, added: string): ReturnFinding {
  const limit = "For streger, billeder, skriftsnit og andet, der ikke er tekst, kan der ikke stås inde.";
  if (added === "")
    return undecided(
      "tegnet-anderledes",
      `${pages}: Teksten er ord for ord den samme, men tegnet på en anden måde. ${limit}`,
    );
  return undecided("tekst-tilføjet", `${pages}: Hele planens tekst står der, men også »${short(added)}«. ${limit}`);
}

async function textsOf({
  name,
  bytes,
  copy,
  signal,
}: TwoFiles): Promise<{ ours: string[][]; theirs: string[][] } | ReturnFinding> {
  try {
    return { ours: await pageTextsApart(copy, "kopien", signal), theirs: await pageTextsApart(bytes, name, signal) };
  } catch (cause) {
    if (!(cause instanceof Failure) || cause.exit === "interrupted") throw cause;
    return refused("indhold-ulæseligt", `Sidernes tekst kan ikke sammenlignes: ${cause.message}`);
  }
}

function short(text: string): string {
  return text.length > 90 ? `${text.slice(0, 89)}…` : text;
}

/** »Side 3«, »Siderne 1-6, 8«. */
function pagesText(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last && last[1] + 1 === page) last[1] = page;
    else runs.push([page, page]);
  }
  const told = runs.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
  return `${pages.length === 1 ? "Side" : "Siderne"} ${told}`;
}

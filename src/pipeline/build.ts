import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { fileSize, writeAtomically } from "../core/files.ts";
import { sha256 } from "../core/identity.ts";
import type { FinishedPdf, HtmlDocument, MergedPdf, PrintedPdf, SigningCopy } from "../core/states.ts";
import { lockedHash } from "../lock/lock.ts";
import { isAsSigned } from "../lock/signed-plan.ts";
import type { PdfFacts } from "../pdf/inspect.ts";
import type { PageNumbers } from "../print/print.ts";
import type { PrintShop } from "../print/print-shop.ts";
import { expectedNumbers, pageNumbersOf, wantsPageNumbers, withRoomForPageNumbers } from "../template/page-numbers.ts";
import type { FormShelf } from "../template/shelf.ts";
import { withoutPageNumbers } from "../template/without-page-numbers.ts";
import { type Draft, draft, draftPay, drafts, fileBeside, noResults, numbered, prepare } from "./draft.ts";
import { type FileNames, plainNames } from "./file-names.ts";
import { finishFacts } from "./finish-facts.ts";
import { type Finisher, finishHere, finishingTools } from "./finishing.ts";
import { judge } from "./judge.ts";
import type { Numbering } from "./numbers-around.ts";
import { outcomeOf, type PlanOutcome, type WrittenPdf } from "./outcome.ts";
import { sideCar } from "./side-car.ts";
import { keptSigned, refuseSigned } from "./signed/kept-signed.ts";
import type { PlanFile, Workspace } from "./workspace.ts";

/** What the stages of a build need besides the plan. */
export interface BuildTools {
  readonly workspace: Workspace;
  readonly forms: FormShelf;
  readonly shop: PrintShop;
  /** How files are named; by their documents unless it is given. */
  readonly names?: FileNames;
  /** Where the numbers of a målrapportering begin, when it goes into another document; given, its pages have none. */
  readonly numbering?: Numbering | undefined;
  /** Finishes prints; on this thread unless it is given. */
  readonly finisher?: Finisher;
  /** What was written to a path when the plan was built last, if that is known. */
  readonly before?: (path: string) => WrittenPdf | undefined;
  /** Called when the browser has printed all of the plan's documents; a builder that does not know calls it never. */
  readonly onPrinted?: () => void;
}

/**
 * Builds a plan's documents, `output/<plan-id>/<name>.pdf`: the plan, and with results the målrapportering. The stages in
 * their order, each a function from one named type to the next: load and render (the draft, which is all that `check`
 * needs), print, finish, judge, write.
 */
export function buildPlan(plan: PlanFile, tools: BuildTools): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say, wrote) => {
    const drafts = await draft(plan, tools.forms, say);
    const making = await wanted(plan, drafts, tools);
    let waiting = making.filter((one) => !("path" in one)).length;
    const onPrinted = () => {
      waiting--;
      if (waiting === 0) tools.onPrinted?.();
    };
    // All print at once; each is told of in its turn.
    const documents = making.map(async (one) =>
      "path" in one ? one : await produce(plan, one, { ...tools, onPrinted }),
    );
    for (const one of documents) one.catch(() => {});
    const written: WrittenPdf[] = [];
    for (const one of documents) {
      const document = await one;
      written.push(document);
      wrote(document);
    }
    const [whole] = drafts.slice(-1);
    if (whole)
      await writeAtomically(
        join(tools.workspace.output, plan.id, "plan.json"),
        new TextEncoder().encode(sideCar(whole.provenance, written)),
      );
  });
}

/**
 * What is to be made of the drafts. The document that was signed stays as it is, and nothing takes its place once the plan
 * was altered by agreement.
 */
async function wanted(
  plan: PlanFile,
  drafts: readonly Draft[],
  { workspace, names = plainNames }: BuildTools,
): Promise<(Draft | WrittenPdf)[]> {
  const [agreed, ...others] = drafts;
  const signed = agreed?.provenance.signed;
  if (!agreed || !signed) return [...drafts];
  const path = pathOf(plan, agreed, { workspace, names });
  const kept = await keptSigned(path, lockedHash(signed.lock));
  if (kept) return [kept, ...others];
  return isAsSigned(signed) ? [...drafts] : others;
}

/**
 * Builds a plan's målrapportering alone. Without results there is nothing to report, which is a failure of its own. One that
 * goes into another document has no page numbers: that document's pages are numbered already.
 */
export function buildReport(plan: PlanFile, tools: BuildTools): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say, wrote) => {
    const path = fileBeside(plan, "resultater.md");
    if ((await fileSize(path)) === undefined) throw noResults(path);
    const prepared = await prepare(plan, tools.forms, say);
    if (!prepared) return;
    for (const one of await drafts(numbered(prepared, tools.numbering), tools.forms, say)) {
      if (one.name !== "maalrapportering") continue;
      const unpaged = { ...one, document: async () => withoutPageNumbers(await one.document()) };
      wrote(await produce(plan, tools.numbering ? unpaged : one, tools));
    }
  });
}

/** Builds the sheet of the head's pay, and nothing else: it never lies in a document that is published. */
export function buildPay(plan: PlanFile, tools: BuildTools): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say, wrote) => {
    const prepared = await prepare(plan, tools.forms, say);
    const sheet = prepared && (await draftPay(prepared, tools.forms, say));
    if (sheet) wrote(await produce(plan, sheet, tools));
  });
}

/** The stages after the draft: print, finish, judge, write. */
export async function produce(plan: PlanFile, draft: Draft, tools: BuildTools): Promise<WrittenPdf> {
  const start = performance.now();
  const document = await draft.document();
  const before = tools.before?.(pathOf(plan, draft, tools))?.contents;
  const onHanded = () => {
    // While the browser loads the document, what comes next is made ready.
    if (!tools.finisher) finishingTools().catch(() => {});
  };
  const { printed, contents } = await printWithContents(document, tools.shop, { before, onHanded });
  tools.onPrinted?.();
  // A browser that is no longer needed is told so before this thread has other things to do.
  await nextTurn();
  const finish = tools.finisher ?? finishHere;
  const { finished, facts } = await finish(printed, finishFacts(draft.provenance, document));
  return await writeJudged(plan, draft, { document, finished, facts, contents, start }, tools);
}

/** A PDF that is to be written, what it was printed from, and when that began. */
export interface Finished {
  readonly document: HtmlDocument;
  readonly finished: FinishedPdf | SigningCopy | MergedPdf;
  /** What is read back from its bytes; they are read here unless it is given. */
  readonly facts?: PdfFacts;
  /** The page numbers that its table of contents shows. */
  readonly contents?: WrittenPdf["contents"];
  readonly start: number;
}

/** What becomes of a document that is signed is for the user to say. */
const SIGNED_HINT =
  "Lås planen med »resultatplan lock«, så bliver den stående; eller flyt den, hvis planen skal bygges igen.";

/** The last stages: judge and write. */
export async function writeJudged(
  plan: PlanFile,
  draft: Pick<Draft, "name" | "provenance">,
  { document, finished, facts: known, contents, start }: Finished,
  tools: BuildTools,
): Promise<WrittenPdf> {
  const facts = known ?? (await (await finishingTools()).inspectPdf(finished));
  judge(facts, document);
  const path = pathOf(plan, draft, tools);
  await refuseSigned(path, SIGNED_HINT);
  await writeAtomically(path, finished);
  return {
    path,
    pages: facts.pages,
    bytes: finished.length,
    title: document.title,
    sha256: sha256(finished),
    milliseconds: performance.now() - start,
    ...(contents && { contents }),
  };
}

function pathOf(
  plan: PlanFile,
  { name, provenance }: Pick<Draft, "name" | "provenance">,
  { workspace, names = plainNames }: Pick<BuildTools, "workspace" | "names">,
): string {
  return join(workspace.output, plan.id, `${names(provenance.plan, name)}.pdf`);
}

/** Prints a document, with the page numbers of its table of contents, where it has one. */
export async function printDocument(document: HtmlDocument, shop: PrintShop): Promise<PrintedPdf> {
  return (await printWithContents(document, shop)).printed;
}

/**
 * As `printDocument`, and tells the page numbers that it shows. Those that it showed the last time save the print that
 * would tell them, if they are true still.
 */
async function printWithContents(
  document: HtmlDocument,
  shop: PrintShop,
  { before, onHanded }: { before?: WrittenPdf["contents"]; onHanded?: () => void } = {},
): Promise<{ printed: PrintedPdf; contents?: WrittenPdf["contents"] }> {
  if (!wantsPageNumbers(document)) return { printed: await shop.print(document, { onHanded }) };
  let contents: WrittenPdf["contents"];
  const numbers: PageNumbers = {
    expected: expectedNumbers(document, before),
    read: async (one) => {
      const { placesIn } = await finishingTools();
      const read = pageNumbersOf(document, await placesIn(one));
      contents = Object.fromEntries(read);
      return read;
    },
  };
  const printed = await shop.print(withRoomForPageNumbers(document), { numbers, onHanded });
  return { printed, contents };
}

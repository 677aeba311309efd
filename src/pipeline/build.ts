import { join } from "node:path";
import { Failure } from "../core/failure.ts";
import { fileSize, readBytes, writeAtomically } from "../core/files.ts";
import { sha256 } from "../core/identity.ts";
import type { FinishedPdf, HtmlDocument, MergedPdf, PrintedPdf, SigningCopy } from "../core/states.ts";
import { finishPdf } from "../pdf/finish/finish.ts";
import { inspectPdf } from "../pdf/inspect.ts";
import type { PrintShop } from "../print/print-shop.ts";
import { wantsPageNumbers, withPageNumbers } from "../template/page-numbers.ts";
import type { FormShelf } from "../template/shelf.ts";
import { type Draft, draft, draftPay, fileBeside, noResults, prepare } from "./draft.ts";
import { type FileNames, plainNames } from "./file-names.ts";
import { finishFacts } from "./finish-facts.ts";
import { judge } from "./judge.ts";
import { outcomeOf, type PlanOutcome, type WrittenPdf } from "./outcome.ts";
import { sideCar } from "./side-car.ts";
import type { PlanFile, Workspace } from "./workspace.ts";

/** What the stages of a build need besides the plan. */
export interface BuildTools {
  readonly workspace: Workspace;
  readonly forms: FormShelf;
  readonly shop: PrintShop;
  /** How files are named; by their documents unless it is given. */
  readonly names?: FileNames;
}

/**
 * Builds a plan's documents, `output/<plan-id>/<name>.pdf`: the plan, and with results the målrapportering. The stages in
 * their order, each a function from one named type to the next: load and render (the draft, which is all that `check`
 * needs), print, finish, judge, write.
 */
export function buildPlan(plan: PlanFile, tools: BuildTools): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say, wrote) => {
    const drafts = await draft(plan, tools.forms, say);
    // All print at once; each is told of in its turn.
    const documents = drafts.map((one) => produce(plan, one, tools));
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

/** Builds a plan's målrapportering alone. Without results there is nothing to report, which is a failure of its own. */
export function buildReport(plan: PlanFile, tools: BuildTools): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say, wrote) => {
    const path = fileBeside(plan, "resultater.md");
    if ((await fileSize(path)) === undefined) throw noResults(path);
    for (const one of await draft(plan, tools.forms, say))
      if (one.name === "maalrapportering") wrote(await produce(plan, one, tools));
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

async function produce(plan: PlanFile, draft: Draft, tools: BuildTools): Promise<WrittenPdf> {
  const start = performance.now();
  const document = await draft.document();
  const printed = await printDocument(document, tools.shop);
  const finished = await finishPdf(printed, finishFacts(draft.provenance, document));
  return await writeJudged(plan, draft, { document, finished, start }, tools);
}

/** A PDF that is to be written, what it was printed from, and when that began. */
export interface Finished {
  readonly document: HtmlDocument;
  readonly finished: FinishedPdf | SigningCopy | MergedPdf;
  readonly start: number;
}

/** The last stages: judge and write. */
export async function writeJudged(
  plan: PlanFile,
  { name, provenance }: Pick<Draft, "name" | "provenance">,
  { document, finished, start }: Finished,
  tools: BuildTools,
): Promise<WrittenPdf> {
  const facts = await inspectPdf(finished);
  judge(facts, document);
  const file = (tools.names ?? plainNames)(provenance.plan, name);
  const path = join(tools.workspace.output, plan.id, `${file}.pdf`);
  await keepSigned(path);
  await writeAtomically(path, finished);
  return {
    path,
    pages: facts.pages,
    bytes: finished.length,
    title: document.title,
    sha256: sha256(finished),
    milliseconds: performance.now() - start,
  };
}

/** A document that somebody has signed is not written over: the signature would be lost with it. */
async function keepSigned(path: string): Promise<void> {
  const before = await readBytes(path);
  // A signature tells what it covers in plain sight (ISO 32000-1, 12.8.1).
  if (!before || !Buffer.from(before.buffer, before.byteOffset, before.length).includes("/ByteRange")) return;
  throw new Failure("output", "underskrevet", `${path} er underskrevet og bliver ikke overskrevet.`, {
    hint: "Flyt eller omdøb den, hvis planen skal bygges igen.",
  });
}

/** Prints, and once more when a table of contents has to learn the pages from the first print. */
export async function printDocument(document: HtmlDocument, shop: PrintShop): Promise<PrintedPdf> {
  const first = await shop.print(document);
  if (!wantsPageNumbers(document)) return first;
  const { destinations } = await inspectPdf(first);
  return await shop.print(withPageNumbers(document, destinations));
}

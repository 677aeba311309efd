import { join } from "node:path";
import { Failure } from "../../core/failure.ts";
import { readBytes } from "../../core/files.ts";
import { documentId, sha256, sourceHash } from "../../core/identity.ts";
import { finishPdf } from "../../pdf/finish/finish.ts";
import { planSources } from "../../plan/load.ts";
import type { Seal, Signatory } from "../../plan/plan.ts";
import { loadPlanWithHistory } from "../../results/history.ts";
import { type BuildTools, printDocument, writeJudged } from "../build.ts";
import { draft } from "../draft.ts";
import { finishFacts } from "../finish-facts.ts";
import { outcomeOf, type PlanOutcome, type WrittenPdf } from "../outcome.ts";
import { findPlans, type PlanFile, type Workspace } from "../workspace.ts";
import { acceptSheets, type OtherPlan, requireConfirmation, type SignedSheet } from "./accept-sheets.ts";
import { signedDocument, unsignedPlan } from "./paper-document.ts";
import { readRecord } from "./paper-record.ts";
import { placeOf, readSheets } from "./scanned-sheets.ts";

/** What came back of a plan's signature pages, and what a person says of it. */
export interface ScansToAttach {
  readonly files: readonly string[];
  /** The document id that was seen on a page whose code cannot be read. */
  readonly confirmed: string | undefined;
  /** Who has signed on that page; none for all. */
  readonly signers: readonly string[];
}

/** A plan that was signed on paper, as far as it is: all that a record of the signed plan has to know. */
export interface SignedOnPaper {
  /** The plan with the signed pages, `plan.underskrevet.pdf`. */
  readonly document: WrittenPdf;
  /** The unsigned plan that lies in it as an attachment: the hash of its bytes, and how many digital signatures it bears. */
  readonly unsigned: { readonly sha256: string; readonly digitalSignatures: number };
  /** Whose those are, in the order of the plan. */
  readonly digitally: readonly Signatory[];
  /** The hash of what the plan is made from, and the id that is printed of it. */
  readonly sourceHash: string;
  readonly documentId: string;
  /** In the order of the plan. */
  readonly signatures: readonly PaperSignature[];
  readonly missing: readonly Signatory[];
  /** The seals that the plan is to have: they are missing, too, for none is set on paper. */
  readonly seals: readonly Seal[];
  /** In Danish: pages that were passed over or replaced. */
  readonly remarks: readonly string[];
}

/** One person's signature with ink. */
export interface PaperSignature {
  readonly signatory: Signatory;
  /** The person's number in the plan, counted from 1. */
  readonly number: number;
  /** The scans that show it: file name, page in the file, the file's hash, and whether code or a person told what it is. */
  readonly scans: readonly (SignedSheet["sheet"] & Pick<SignedSheet, "recognised">)[];
}

/** The outcome of the command, and what was signed where it went well. */
export interface AttachOutcome {
  readonly outcome: PlanOutcome;
  readonly paper: SignedOnPaper | undefined;
}

/**
 * Puts scanned signature pages into their plan: `plan.underskrevet.pdf`. The plan's own pages stay as they are, so that nothing of
 * the agreed text is lost; the scans follow the page on which the plan's signatures end. Pages that were attached earlier stay.
 *
 * @throws only bugs and an interruption; failures are in the outcome
 */
export async function attachScans(
  file: PlanFile,
  scans: ScansToAttach,
  tools: BuildTools,
  signal: AbortSignal,
): Promise<AttachOutcome> {
  let paper: SignedOnPaper | undefined;
  const outcome = await outcomeOf(file, async (say, wrote) => {
    const start = performance.now();
    const [agreed] = await draft(file, tools.forms, say);
    if (!agreed) return;
    const { provenance } = agreed;
    const { plan, sources } = provenance;
    const hash = sourceHash(sources);
    const known = { plan, hash, confirmed: scans.confirmed, signers: scans.signers };
    if (plan.state === "draft") throw onlyDraft();
    requireConfirmation(known);
    const folder = join(tools.workspace.output, file.id);
    const earlier = await readRecord(join(folder, "plan.underskrevet.pdf"), hash);
    const read = await readSheets(scans.files, tools.shop, signal);
    const foreign = read.sheets.some(({ code }) => typeof code === "object" && code.hash !== hash);
    const others = foreign ? await otherPlans(tools.workspace) : [];
    const { signed, problems } = acceptSheets(read.sheets, { ...known, others });
    throwProblems([...read.problems, ...problems]);
    if (signed.length === 0) throw nothingSigned();

    const { pages, replaced } = together(earlier?.pages ?? [], signed);
    const document = await agreed.document();
    const unsigned = await unsignedPlan(join(folder, "plan.pdf"), earlier, hash, () =>
      printDocument(document, tools.shop).then((printed) => finishPdf(printed, finishFacts(provenance, document))),
    );
    const whole = await signedDocument(provenance, { pages, unsigned, hash }, tools, signal);
    const made = { document, finished: whole, start };
    const written = await writeJudged(file, { ...agreed, name: "plan.underskrevet" }, made, tools);
    wrote(written);
    paper = {
      document: written,
      unsigned: { sha256: sha256(unsigned.attached), digitalSignatures: unsigned.digitalSignatures },
      sourceHash: hash,
      documentId: documentId(hash),
      ...whoSigned(plan.signatories, pages, unsigned.digital),
      seals: plan.seals.filter((_one, at) => !unsigned.digital.includes(plan.signatories.length + at + 1)),
      remarks: [
        ...read.blank.map((place) => `${place} er tom og er sprunget over.`),
        ...replaced.map((place) => `${place} er erstattet af den nye scanning af samme side.`),
      ],
    };
  });
  return { outcome, paper };
}

/** Pages of earlier and of now, in the order of those who sign; a new scan of a page takes the place of the old. */
function together(
  earlier: readonly SignedSheet[],
  now: readonly SignedSheet[],
): { pages: SignedSheet[]; replaced: string[] } {
  const keyOf = ({ signatories }: SignedSheet) => String(signatories);
  const fresh = new Set(now.map(keyOf));
  const kept = earlier.filter((page) => !fresh.has(keyOf(page)));
  const replaced = earlier.filter((page) => fresh.has(keyOf(page))).map(({ sheet }) => placeOf(sheet));
  const first = ({ signatories }: SignedSheet) => (signatories.length > 1 ? 0 : (signatories[0] ?? 0));
  return { pages: [...kept, ...now].sort((a, b) => first(a) - first(b)), replaced };
}

function whoSigned(
  signatories: readonly Signatory[],
  pages: readonly SignedSheet[],
  digital: readonly number[],
): Pick<SignedOnPaper, "signatures" | "digitally" | "missing"> {
  const signatures = signatories.flatMap((signatory, index): PaperSignature[] => {
    const number = index + 1;
    const scans = pages
      .filter((page) => page.signatories.includes(number))
      .map(({ sheet, recognised }) => ({ ...sheet, recognised }));
    return scans.length > 0 ? [{ signatory, number, scans }] : [];
  });
  const others = signatories.filter((one) => !signatures.some(({ signatory }) => signatory === one));
  const isDigital = (one: Signatory) => digital.includes(signatories.indexOf(one) + 1);
  return {
    signatures,
    digitally: others.filter(isDigital),
    missing: others.filter((one) => !isDigital(one)),
  };
}

/** The other plans here, to tell whose a page is; those with errors too, for their pages were printed before. */
async function otherPlans(workspace: Workspace): Promise<OtherPlan[]> {
  const files = await findPlans(workspace, []).catch(() => []);
  const found: OtherPlan[] = [];
  for (const { id, path } of files.slice(0, 500)) {
    const bytes = await readBytes(path);
    if (!bytes) continue;
    const loaded = (await loadPlanWithHistory(path)).value;
    const sources = planSources(loaded ?? { bytes, earlier: [], images: new Map() });
    found.push({ id, title: loaded?.plan.title ?? id, hash: sourceHash(sources) });
  }
  return found;
}

function throwProblems(problems: readonly Failure[]): void {
  const [first, another] = problems;
  if (!first) return;
  if (!another) throw first;
  throw new Failure(first.exit, "scanninger", `${problems.length} sider kan ikke bruges; ingen er sat ind.`, {
    hint: problems
      .map(({ message, code, hint }) =>
        [`– ${message} [${code}]`, hint?.replace(/^/gm, "  ")].filter(Boolean).join("\n"),
      )
      .join("\n"),
  });
}

function nothingSigned(): Failure {
  return new Failure("foreign", "scanning-tom", "Der er ikke noget på de scannede sider.", {
    hint: "Er bagsiden scannet, eller er billedet meget stort? Scan forsiden igen med 200 eller 300 punkter pr. tomme (dpi).",
  });
}

function onlyDraft(): Failure {
  return new Failure("signature", "udkast", "Planen er et udkast; det er den færdige plan, der underskrives.", {
    hint: "Fjern »tilstand: udkast« i plan.md, og tryk underskriftssiden igen.",
  });
}

import { join } from "node:path";
import { Failure } from "../../core/failure.ts";
import { fileSize, writeAtomically } from "../../core/files.ts";
import { documentId, sha256, sourceHash } from "../../core/identity.ts";
import type { SigningCopy } from "../../core/states.ts";
import { finishPdf, signingCopy } from "../../pdf/finish/finish.ts";
import { nemloginObjections, objectionText } from "../../pdf/nemlogin/objections.ts";
import { referenceText } from "../../pdf/nemlogin/reference-text.ts";
import type { Signatory } from "../../plan/plan.ts";
import { renderPackageGuide } from "../../template/render-package.ts";
import { withAddressesShown } from "../../template/shown-addresses.ts";
import { type BuildTools, printDocument, writeJudged } from "../build.ts";
import { type Draft, draft } from "../draft.ts";
import { finishFacts } from "../finish-facts.ts";
import { outcomeOf, type PlanOutcome } from "../outcome.ts";
import type { PlanFile } from "../workspace.ts";
import {
  copyMark,
  PACKAGE_FOLDER,
  type PackageRecord,
  packageFolder,
  readRecord,
  recordPath,
  recordText,
} from "./record.ts";

/**
 * Builds what is sent out to be signed with MitID by NemLog-in, `output/<plan-id>/underskriftspakke/`: because the service
 * puts one signature into a PDF, one copy of the plan for each signatory, alike but for the mark in its metadata that says whose
 * it is; the guide, which lists them and tells what to do; and the record that `--collect` holds the returned files against.
 */
export function buildSigningPackage(plan: PlanFile, tools: BuildTools): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say, wrote) => {
    const [agreed] = await draft(plan, tools.forms, say);
    if (!agreed) return;
    const { signatories, title, state } = agreed.provenance.plan;
    if (signatories.length === 0)
      throw new Failure("plan", "ingen-underskrivere", "Planen har ingen underskrivere, der kan få en kopi.", {
        hint: "Skriv dem under »underskrivere« i plan.md.",
      });
    if (state === "draft")
      throw new Failure("plan", "udkast", "Planen er et udkast og skal ikke underskrives.", {
        hint: "Slet »tilstand: udkast« i plan.md, når planen er endelig.",
      });
    const folder = packageFolder(tools.workspace, plan);
    const source = `sha256:${sourceHash(agreed.provenance.sources)}`;
    await refuseOtherVersion(folder, source);
    const start = performance.now();
    const document = withAddressesShown(await agreed.document());
    const printed = await printDocument(document, tools.shop);
    const made: { signatory: Signatory; name: string; finished: SigningCopy }[] = [];
    for (const [index, signatory] of signatories.entries()) {
      const facts = finishFacts(agreed.provenance, document);
      const finished = await signingCopy(printed, { ...facts, subject: `${facts.subject}. ${copyMark(signatory)}` });
      await refuseObjections(finished);
      made.push({ signatory, name: `plan.${index + 1}-${slug(signatory.name)}`, finished });
    }
    const record: PackageRecord = {
      source,
      documentId: documentId(sourceHash(agreed.provenance.sources)),
      title: document.title,
      reference: referenceText(title),
      copies: made.map(({ signatory, name, finished }) => {
        return { signatory, file: `${name}.pdf`, length: finished.length, sha256: sha256(finished) };
      }),
    };
    const guide = await renderPackageGuide(agreed.provenance, record, tools.forms);
    const page = await finishPdf(await printDocument(guide, tools.shop), finishFacts(agreed.provenance, guide));
    const inside = (name: string): Draft => ({ ...agreed, name: `${PACKAGE_FOLDER}/${name}` });
    for (const { name, finished } of made)
      wrote(await writeJudged(plan, inside(name), { document, finished, start }, tools));
    wrote(await writeJudged(plan, inside("vejledning"), { document: guide, finished: page, start }, tools));
    await writeAtomically(recordPath(folder), new TextEncoder().encode(recordText(record)));
  });
}

async function refuseObjections(copy: SigningCopy): Promise<void> {
  const [objection] = await nemloginObjections(copy);
  if (!objection) return;
  const message = `Kopien kan ikke underskrives med NemLog-in: ${objectionText(objection)}`;
  throw new Failure("output", "nemlogin", message, {
    hint: "Den forrige pakke står uændret. »resultatplan check-pdf« viser alt, hvad der er i vejen i en PDF.",
  });
}

/**
 * Copies of another version of the plan are not written over: they may be out to be signed, and what comes back is held against
 * them and their record.
 *
 * @throws Failure `anden-pakke`
 */
async function refuseOtherVersion(folder: string, source: string): Promise<void> {
  // A record that cannot be read is of no use to those who collect, and is made again.
  const before = await readRecord(folder).catch(() => undefined);
  if (!before || before.source === source) return;
  const sizes = await Promise.all(before.copies.map(({ file }) => fileSize(join(folder, file))));
  if (sizes.every((size) => size === undefined)) return;
  throw new Failure(
    "output",
    "anden-pakke",
    `${folder} har kopier af en anden udgave af planen (dokument-id ${before.documentId}), og de bliver ikke overskrevet.`,
    {
      hint: "Er de sendt ud, kan det, der kommer tilbage, kun samles med dem: flyt mappen et sikkert sted hen. Er de ikke, så slet den. Lav så pakken igen.",
    },
  );
}

/** A name for a file: »Rune Jørgen Sørensen« is rune-joergen-soerensen. */
function slug(name: string): string {
  const letters: Readonly<Record<string, string>> = { æ: "ae", ø: "oe", å: "aa" };
  return name
    .toLowerCase()
    .replace(/[æøå]/g, (letter) => letters[letter] ?? letter)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

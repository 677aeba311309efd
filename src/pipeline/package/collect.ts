import { basename, join } from "node:path";
import { listed } from "../../core/danish.ts";
import { Failure, throwIfInterrupted } from "../../core/failure.ts";
import { fileSize, readBytes } from "../../core/files.ts";
import { sha256, sourceHash } from "../../core/identity.ts";
import type { Verifier } from "../../verify/apart/verifier.ts";
import type { Certificate } from "../../verify/x509/certificate.ts";
import type { BuildTools } from "../build.ts";
import { draft } from "../draft.ts";
import { outcomeOf, type PlanOutcome } from "../outcome.ts";
import type { PlanFile } from "../workspace.ts";
import { noted, type ReturnFinding, type ReturnVerdict, refused, undecided, verdictOver } from "./findings.ts";
import { type CopyRecord, type PackageRecord, packageFolder, readRecord } from "./record.ts";
import { type JudgedReturn, judgeReturned, type ReturnedFile } from "./returned.ts";
import type { SignedBy } from "./signed-by.ts";
import { type CollectedSignature, collectedSignature, writeCollected } from "./write.ts";

/** What returned files are held against, besides the plan. */
export interface CollectTools extends BuildTools {
  /** Whom the reader trusts. */
  readonly anchors: readonly Certificate[];
  /** The time that counts as now. */
  readonly now: Date;
  /** Reads the files that came back. */
  readonly verifier: Verifier;
  readonly signal: AbortSignal;
}

/** What came of the files that were returned for a plan. */
export interface Collected {
  /** In the order they were given; one that was given twice once. */
  readonly files: readonly JudgedReturn[];
  /** Whom no file counts for. */
  readonly missing: readonly CopyRecord["signatory"][];
  /** What concerns the files together. */
  readonly findings: readonly ReturnFinding[];
  readonly verdict: ReturnVerdict;
  /** The signatures that count, in the order of the plan's signatories: what a lock on the plan needs. Empty where a file is refused. */
  readonly signatures: readonly CollectedSignature[];
  /** The hash of what the plan is made from, as the copies were. */
  readonly source: string;
  /** Where the index of it all was written; undefined where a file is refused. */
  readonly json: string | undefined;
}

/** The plan's own outcome (its package among what was written), and what came of the files. */
export interface CollectOutcome {
  readonly outcome: PlanOutcome;
  /** Undefined where the plan itself has errors or the files could not be looked at; then the outcome says why. */
  readonly collected: Collected | undefined;
}

/** Nobody's signed plan is larger, in bytes; a mistaken path may be. */
const LARGEST = 100 * 1024 * 1024;

/**
 * Takes the signed copies that came back: judges each, says who is missing and who is there twice, and, where no file is refused,
 * writes the collected package: the plan behind an index page, with the signed files attached untouched, and the same as JSON.
 */
export async function collectPackage(
  plan: PlanFile,
  paths: readonly string[],
  tools: CollectTools,
): Promise<CollectOutcome> {
  let collected: Collected | undefined;
  const outcome = await outcomeOf(plan, async (say, wrote) => {
    const start = performance.now();
    const [agreed] = await draft(plan, tools.forms, say);
    if (!agreed) return;
    const folder = packageFolder(tools.workspace, plan);
    const source = sourceHash(agreed.provenance.sources);
    const record = await recordFor(plan, folder, source);
    const copies = await readCopies(folder, record);
    const files: JudgedReturn[] = [];
    const findings: ReturnFinding[] = [];
    for (const path of paths) {
      throwIfInterrupted(tools.signal);
      const file = await readReturned(path);
      const same = files.find((one) => one.sha256 === sha256(file.bytes));
      if (same) findings.push(noted("samme-fil", `${path} og ${same.file.path} er den samme fil; den tæller én gang.`));
      else files.push(await judgeReturned(file, { record, copies, ...tools }));
    }
    const signed = signedOnce(record, files);
    findings.push(...signed.findings);
    const verdict = verdictOver([...findings, ...files.flatMap((one) => one.findings)]);
    const signatures =
      verdict === "refused" ? [] : signed.of.map((one) => collectedSignature(one.file, one.by, record));
    collected = { files, missing: signed.missing, findings, verdict, signatures, source, json: undefined };
    if (verdict === "refused") return;
    const written = await writeCollected(
      { plan, agreed, record, copies, files, ...signed, signatures, verdict, start },
      tools,
    );
    wrote(written.pdf);
    collected = { ...collected, json: written.json };
  });
  return { outcome, collected };
}

async function recordFor(plan: PlanFile, folder: string, hash: string): Promise<PackageRecord> {
  const record = await readRecord(folder);
  if (!record)
    throw new Failure("usage", "ingen-pakke", `Der er ikke lavet kopier til underskrift af ${plan.id}.`, {
      hint: `Lav dem med »resultatplan signature-package ${plan.id}«. Er de slettet, bliver de de samme igen, når planen er den samme.`,
    });
  if (record.source === `sha256:${hash}`) return record;
  throw new Failure(
    "plan",
    "planen-ændret",
    `${plan.path}, eller en fil, som planen bygger på, er ændret, siden kopierne blev sendt ud (dokument-id ${record.documentId}).`,
    {
      hint: "Find den plan.md og de billeder frem, som kopierne er lavet af. Skal ændringen gælde, så lav nye kopier, og lad alle skrive under igen.",
    },
  );
}

async function readCopies(folder: string, record: PackageRecord): Promise<Map<string, Uint8Array>> {
  const copies = new Map<string, Uint8Array>();
  for (const { file, sha256: hash } of record.copies) {
    const bytes = await readBytes(join(folder, file));
    if (bytes && sha256(bytes) === hash) {
      copies.set(file, bytes);
      continue;
    }
    const what = bytes ? "er ændret, siden den blev sendt ud" : "findes ikke mere";
    throw new Failure("usage", "kopi-ændret", `${join(folder, file)} ${what}.`, {
      hint: "Flyt en underskrevet fil ud af mappen, hvis den ligger i stedet for kopien, og lav kopierne igen med »resultatplan signature-package«; de bliver de samme.",
    });
  }
  return copies;
}

async function readReturned(path: string): Promise<ReturnedFile> {
  const size = await fileSize(path);
  if (size === undefined) throw new Failure("usage", "fil-mangler", `Filen ${path} findes ikke.`);
  if (size > LARGEST) throw new Failure("foreign", "pdf-for-tung", `${path} er for stor til at blive læst.`);
  const bytes = await readBytes(path);
  if (!bytes) throw new Failure("usage", "fil-mangler", `Filen ${path} findes ikke.`);
  return { path, name: basename(path), bytes };
}

/** A signatory's one signature, and the file that it is in. */
export interface SignedOnce {
  readonly file: JudgedReturn;
  readonly by: SignedBy;
}

/** For each signatory the signature that counts; who is there twice, and who is not there. */
function signedOnce({ copies }: PackageRecord, files: readonly JudgedReturn[]) {
  const of: SignedOnce[] = [];
  const missing: CopyRecord["signatory"][] = [];
  const findings: ReturnFinding[] = [];
  for (const { signatory } of copies) {
    const found = files.flatMap((file) =>
      file.verdict === "refused"
        ? []
        : file.signedBy.filter((by) => by.signatory === signatory).map((by) => ({ file, by })),
    );
    const [first, second] = found;
    if (first) of.push(first);
    else missing.push(signatory);
    if (second) {
      const names = listed([...new Set(found.map(({ file }) => file.file.path))]);
      findings.push(
        refused(
          "to-gange",
          `${signatory.name} har skrevet under mere end én gang: ${names}. Vælg den, der skal gælde.`,
        ),
      );
    }
  }
  if (missing.length > 0)
    findings.push(undecided("mangler", `Der mangler underskrift fra ${listed(missing.map(({ name }) => name))}.`));
  return { of, missing, findings };
}

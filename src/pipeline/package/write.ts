import { join } from "node:path";
import { Failure } from "../../core/failure.ts";
import { writeAtomically } from "../../core/files.ts";
import { sha256 } from "../../core/identity.ts";
import type { SourceFile } from "../../pdf/finish/facts.ts";
import { finishPdf } from "../../pdf/finish/finish.ts";
import { inspectPdf } from "../../pdf/inspect.ts";
import { mergeApart } from "../../pdf/merge/apart.ts";
import { danishTime } from "../../sign/pdf/danish-time.ts";
import { type CollectedRow, renderCollectedIndex } from "../../template/render-package.ts";
import { printDocument } from "../build.ts";
import type { Draft } from "../draft.ts";
import { finishFacts } from "../finish-facts.ts";
import { judge } from "../judge.ts";
import type { WrittenPdf } from "../outcome.ts";
import { refuseSigned } from "../signed/kept-signed.ts";
import type { PlanFile } from "../workspace.ts";
import { certificateWords, holderKind, saysState } from "./certificate.ts";
import type { CollectTools, SignedOnce } from "./collect.ts";
import type { ReturnVerdict } from "./findings.ts";
import { packageData } from "./package-data.ts";
import type { CopyRecord, PackageRecord } from "./record.ts";
import { isProven, type JudgedReturn } from "./returned.ts";
import type { SignedBy } from "./signed-by.ts";

/** A signature that counts: who, how, when, by what certificate, in which file. */
export interface CollectedSignature {
  readonly signatory: CopyRecord["signatory"];
  /** `nemlog-in` where the certificate says that the state issued it to a person or an employee. */
  readonly way: "nemlog-in" | "other";
  /** When: proven by a time stamp, else as the signer claims; undefined where nothing is said. */
  readonly time: Date | undefined;
  readonly timeProven: boolean;
  /** Whom the certificate names, its issuer, and its number in hexadecimal. */
  readonly certificate: {
    readonly subject: string;
    readonly issuer: string;
    readonly serial: string;
    readonly kind: string;
  };
  /** Whether the chain leads to somebody who is trusted. */
  readonly chainProven: boolean;
  /** The name of the file in the package. */
  readonly file: string;
  readonly sha256: string;
  readonly verdict: ReturnVerdict;
}

/** All that a collected package is written from. */
export interface Collection {
  readonly plan: PlanFile;
  readonly agreed: Draft;
  readonly record: PackageRecord;
  readonly copies: ReadonlyMap<string, Uint8Array>;
  readonly files: readonly JudgedReturn[];
  readonly of: readonly SignedOnce[];
  readonly missing: readonly CopyRecord["signatory"][];
  readonly signatures: readonly CollectedSignature[];
  readonly verdict: ReturnVerdict;
  readonly start: number;
}

/** The names of what is written. */
const NAME = "plan.underskrevet-pakke.pdf";
const JSON_NAME = "pakke.json";

/** A signature that counts, from the file that it is in. */
export function collectedSignature(
  file: JudgedReturn,
  { signatory, signature }: SignedBy,
  record: PackageRecord,
): CollectedSignature {
  const { holder, proven, claimed } = signature;
  const personal = holder && saysState(holder) && ["person", "employee"].includes(holderKind(holder));
  return {
    signatory,
    way: personal ? "nemlog-in" : "other",
    time: proven ?? claimed,
    timeProven: proven !== undefined,
    certificate: {
      subject: holder?.name ?? "",
      issuer: holder?.issuer ?? "",
      serial: holder?.serial ?? "",
      kind: holder ? certificateWords(holder) : "",
    },
    chainProven: isProven(signature),
    file: attachedName(file, record),
    sha256: file.sha256,
    verdict: file.verdict,
  };
}

/** Signed files are attached under the name of the copy that they count for, whatever they were called on their way. */
function attachedName({ signedBy }: JudgedReturn, { copies }: PackageRecord): string {
  const copy = copies.find(({ signatory }) => signatory === signedBy[0]?.signatory);
  return (copy?.file ?? "plan.pdf").replace(/\.pdf$/, ".underskrevet.pdf");
}

/**
 * Writes the collected package: an index page and the plan's pages as they were sent out, with the signed files, the plan's source
 * and the index as JSON attached; PDF/UA-1 and PDF/A-3a. Its own pages are not signed, and say so.
 *
 * @throws Failure where the package would break a promise, and where the former one was signed itself; then that one stands
 */
export async function writeCollected(
  from: Collection,
  tools: CollectTools,
): Promise<{ pdf: WrittenPdf; json: string }> {
  const { plan, agreed, record, copies, start } = from;
  const path = join(tools.workspace.output, plan.id, NAME);
  await refuseSigned(path, "Flyt den, hvis pakken skal samles igen.");
  const document = await renderCollectedIndex(agreed.provenance, rowsOf(from), tools.forms);
  const facts = finishFacts(agreed.provenance, document);
  const data = packageData(from);
  const sources = [...facts.sources, ...attachments(from, data)];
  const index = await finishPdf(await printDocument(document, tools.shop), { ...facts, sources });
  const parts = [
    { name: "Oversigt", bytes: index },
    { name: record.title, bytes: copies.get(record.copies[0]?.file ?? "") ?? new Uint8Array() },
  ];
  const { pdf, report } = await mergeApart(parts, tools.signal);
  if (String(report.claims) !== "PDF/UA-1,PDF/A-3a")
    throw new Failure(
      "output",
      "efterprøvning",
      `Pakken er ikke PDF/UA-1 og PDF/A-3a, men ${report.claims.join(", ") || "ingen af delene"}.`,
    );
  const found = await inspectPdf(pdf);
  judge(found, document);
  const json = join(tools.workspace.output, plan.id, JSON_NAME);
  const hash = sha256(pdf);
  await writeAtomically(path, pdf);
  await writeAtomically(json, jsonBytes({ ...data, samlet: { fil: NAME, bytes: pdf.length, sha256: hash } }));
  const written = { path, pages: found.pages, bytes: pdf.length, title: document.title, sha256: hash };
  return { pdf: { ...written, milliseconds: performance.now() - start }, json };
}

/** The signed files are the plan once more, as each signatory signed it: alternatives (ISO 32000-2, table 43). */
function attachments({ of, record }: Collection, data: object): SourceFile[] {
  const files = [...new Set(of.map(({ file }) => file))];
  return [
    ...files.map((file): SourceFile => {
      const names = file.signedBy.map(({ signatory }) => signatory.name).join(", ");
      return {
        name: attachedName(file, record),
        bytes: file.file.bytes,
        type: "application/pdf",
        description: `Planen, underskrevet af ${names}`,
        relationship: "Alternative",
      };
    }),
    {
      name: JSON_NAME,
      bytes: jsonBytes(data),
      type: "application/json",
      description: "Oversigten over underskrifterne, til maskiner",
      relationship: "Data",
    },
  ];
}

function jsonBytes(data: object): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(data, null, 2)}\n`);
}

function rowsOf({ record, of, signatures }: Collection): CollectedRow[] {
  return record.copies.map(({ signatory }) => {
    const signature = signatures.find((one) => one.signatory === signatory);
    const file = of.find(({ by }) => by.signatory === signatory)?.file;
    if (!signature || !file) return { signatory, signature: undefined };
    const { subject, issuer, serial, kind } = signature.certificate;
    return {
      signatory,
      signature: {
        time: signature.time && danishTime(signature.time),
        timeSource: signature.timeProven ? "bevist af et tidsstempel" : "efter underskriverens eget ur",
        holder: subject,
        certificate: kind,
        issuer,
        serial,
        file: signature.file,
        sha256: signature.sha256,
        verdict: signature.verdict === "passed" ? "Underskriften holder" : "Kan ikke afgøres fuldt ud",
        untouched: file.untouched,
        remarks: file.findings.map(({ message }) => message),
      },
    };
  });
}

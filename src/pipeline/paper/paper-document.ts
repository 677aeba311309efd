import { Failure } from "../../core/failure.ts";
import { readBytes } from "../../core/files.ts";
import type { MergedPdf } from "../../core/states.ts";
import type { SourceFile } from "../../pdf/finish/facts.ts";
import { finishPdf } from "../../pdf/finish/finish.ts";
import { mergeApart } from "../../pdf/merge/apart.ts";
import { closeFields } from "../../pdf/paper-fields.ts";
import type { Plan } from "../../plan/plan.ts";
import { renderSignedPages } from "../../template/signed-pages.ts";
import { inspectFile } from "../../verify/inspect/inspect.ts";
import { PAPER_RECORD } from "../../verify/inspect/source.ts";
import type { BuildTools } from "../build.ts";
import { finishFacts, type Provenance } from "../finish-facts.ts";
import type { SignedSheet } from "./accept-sheets.ts";
import { type EarlierSigned, pictureName, UNSIGNED, writeRecord } from "./paper-record.ts";

/** The unsigned plan: what goes along as an attachment, and the pages that the scans are put into. */
export interface UnsignedPlan {
  readonly attached: Uint8Array;
  readonly pages: Uint8Array;
  readonly digitalSignatures: number;
}

/**
 * The plan as it was sent around, where it is at hand and of this version; else it is printed anew. One with digital signatures
 * goes along whole, and its pages are printed anew, since nothing may be put into it.
 */
export async function unsignedPlan(
  path: string,
  earlier: EarlierSigned | undefined,
  hash: string,
  print: () => Promise<Uint8Array>,
): Promise<UnsignedPlan> {
  const onDisk = await readBytes(path);
  const facts = onDisk && inspectFile(onDisk);
  const fits = facts && "source" in facts && facts.source?.named === hash && facts.source.fits;
  const digitalSignatures = fits ? facts.fields.filter(({ signed }) => signed).length : 0;
  if (onDisk && digitalSignatures > 0) return { attached: onDisk, pages: await print(), digitalSignatures };
  const pages = earlier?.planPdf ?? (fits ? onDisk : undefined) ?? (await print());
  return { attached: pages, pages, digitalSignatures };
}

/** What a signed plan is put together of. */
export interface SignedParts {
  readonly pages: readonly SignedSheet[];
  readonly unsigned: UnsignedPlan;
  /** The hash of what the plan is made from. */
  readonly hash: string;
}

/** Puts the scans' pages behind the plan's signatures. What belongs together lies in the whole: the unsigned plan, the pictures, the record. */
export async function signedDocument(
  provenance: Provenance,
  { pages, unsigned, hash }: SignedParts,
  tools: BuildTools,
  signal: AbortSignal,
): Promise<MergedPdf> {
  const { plan } = provenance;
  const scans = pages.map(({ picture, signatories }, index) => ({
    name: pictureName(index + 1),
    picture,
    signatories: plan.signatories.filter((_one, at) => signatories.includes(at + 1)),
  }));
  const missing = plan.signatories.filter((_one, at) => !pages.some((page) => page.signatories.includes(at + 1)));
  const document = await renderSignedPages(provenance, { scans, missing }, tools.forms);
  const sheets = await finishPdf(await tools.shop.print(document), {
    ...finishFacts(provenance, document),
    signatories: [],
    sources: attachments(provenance.plan, { pages, unsigned, hash }),
  });
  const said = new Map(
    pages.flatMap(({ signatories }) =>
      signatories.map((number): [number, string] => [
        number,
        `Underskrevet på papir: ${told(plan, number)}. Den scannede side følger efter planens underskrifter.`,
      ]),
    ),
  );
  const host = await closeFields(unsigned.pages, said);
  const { pdf, report } = await mergeApart(
    [
      { name: UNSIGNED, bytes: host.bytes },
      { name: "de scannede sider", bytes: sheets, at: { kind: "after", page: host.lastPage } },
    ],
    signal,
  );
  const kept = report.claims.includes("PDF/UA-1") && report.claims.includes("PDF/A-3a");
  if (!kept) throw new Failure("output", "efterprøvning", "Den underskrevne plan er ikke PDF/UA-1 og PDF/A-3a.");
  return pdf;
}

function attachments(plan: Plan, { pages, unsigned: { attached }, hash }: SignedParts): SourceFile[] {
  const pictures = pages.map(({ picture, signatories }, index) => ({
    name: pictureName(index + 1),
    bytes: picture,
    type: "image/jpeg",
    description: `Scannet underskriftsside: ${signatories.map((number) => told(plan, number)).join("; ")}`,
  }));
  return [
    { name: UNSIGNED, bytes: attached, type: "application/pdf", description: "Planen, før siderne blev sat ind" },
    ...pictures,
    {
      name: PAPER_RECORD,
      bytes: writeRecord(plan, hash, attached, pages),
      type: "application/json",
      description: "Hvem der har skrevet under på papir, og på hvilke scannede sider",
      relationship: "Data",
    },
  ];
}

/** »Sophus Garfiel, Departementschef, Indenrigs- og Boligministeriet«. */
function told(plan: Plan, number: number): string {
  const signatory = plan.signatories[number - 1];
  return [signatory?.name, signatory?.title, signatory?.organisation].filter(Boolean).join(", ");
}

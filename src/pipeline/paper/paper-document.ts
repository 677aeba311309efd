import { Failure } from "../../core/failure.ts";
import { readBytes } from "../../core/files.ts";
import type { MergedPdf } from "../../core/states.ts";
import type { SourceFile } from "../../pdf/finish/facts.ts";
import { finishPdf } from "../../pdf/finish/finish.ts";
import { mergeApart } from "../../pdf/merge/apart.ts";
import { closeFields, placeOfField } from "../../pdf/paper-fields.ts";
import type { Plan } from "../../plan/plan.ts";
import { renderSignedPages } from "../../template/signed-pages.ts";
import { inspectFile } from "../../verify/inspect/inspect.ts";
import { PAPER_RECORD } from "../../verify/inspect/source.ts";
import type { BuildTools } from "../build.ts";
import { finishFacts, type Provenance, placesOf } from "../finish-facts.ts";
import type { SignedSheet } from "./accept-sheets.ts";
import { type EarlierSigned, pictureName, UNSIGNED, writeRecord } from "./paper-record.ts";

/** The unsigned plan: what goes along as an attachment, and the pages that the scans are put into. */
export interface UnsignedPlan {
  readonly attached: Uint8Array;
  readonly pages: Uint8Array;
  readonly digitalSignatures: number;
  /** The places in the plan, counted from 1, whose fields those stand in. */
  readonly digital: readonly number[];
}

/**
 * The plan as it was sent around, where it is at hand and of this version; else it is printed anew. One with digital signatures
 * goes along whole, and its pages are printed anew, since nothing may be put into it; so does the one that an earlier signed plan
 * brings along.
 */
export async function unsignedPlan(
  path: string,
  earlier: EarlierSigned | undefined,
  hash: string,
  print: () => Promise<Uint8Array>,
): Promise<UnsignedPlan> {
  const onDisk = await readBytes(path);
  const kept = [onDisk, earlier?.planPdf].flatMap((bytes) => (bytes ? (planOf(bytes, hash) ?? []) : []));
  const signed = kept.find(({ digitalSignatures }) => digitalSignatures > 0);
  if (signed) return { ...signed, pages: await print() };
  const pages = kept.at(-1)?.attached ?? (await print());
  return { attached: pages, pages, digitalSignatures: 0, digital: [] };
}

/** A file as the plan of this version; undefined for any other. */
function planOf(bytes: Uint8Array, hash: string): Omit<UnsignedPlan, "pages"> | undefined {
  const facts = inspectFile(bytes);
  if ("unreadable" in facts || facts.source?.named !== hash || !facts.source.fits) return undefined;
  const signed = facts.fields.filter((field) => field.signed);
  const digital = signed.map(({ name }) => placeOfField(name)).filter((place) => place > 0);
  return { attached: bytes, digitalSignatures: signed.length, digital };
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
  const onPaper = new Set(pages.flatMap(({ signatories }) => signatories));
  const digital = unsigned.digital.filter((number) => !onPaper.has(number));
  const missing = plan.signatories.filter((_one, at) => !onPaper.has(at + 1) && !digital.includes(at + 1));
  const digitally = plan.signatories.filter((_one, at) => digital.includes(at + 1));
  const document = await renderSignedPages(provenance, { scans, missing, digitally }, tools.forms);
  const sheets = await finishPdf(await tools.shop.print(document), {
    ...finishFacts(provenance, document),
    signatories: [],
    sources: attachments(provenance.plan, { pages, unsigned, hash }),
  });
  const said = new Map([
    ...[...onPaper].map((number): [number, string] => [
      number,
      `Underskrevet på papir: ${told(plan, number)}. Den scannede side følger efter planens underskrifter.`,
    ]),
    ...digital.map((number): [number, string] => [
      number,
      `Underskrevet digitalt: ${told(plan, number)}. Underskriften står i den vedhæftede ${UNSIGNED}.`,
    ]),
  ]);
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

function attachments(plan: Plan, { pages, unsigned: { attached, digital }, hash }: SignedParts): SourceFile[] {
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
      bytes: writeRecord(plan, hash, { planPdf: attached, digital }, pages),
      type: "application/json",
      description: "Hvem der har skrevet under på papir, og på hvilke scannede sider",
      relationship: "Data",
    },
  ];
}

/** »Sophus Garfiel, Departementschef, Indenrigs- og Boligministeriet«. */
function told(plan: Plan, number: number): string {
  const place = placesOf(plan)[number - 1];
  return [place?.name, place?.role].filter(Boolean).join(", ");
}

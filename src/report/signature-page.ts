import { inWords, listed } from "../core/danish.ts";
import type { AttachOutcome, SignedOnPaper } from "../pipeline/paper/paper.ts";
import { outcomesAsData } from "./data.ts";
import type { Paint } from "./paint.ts";
import { placeName } from "./told-plan.ts";

/** Who has signed on paper, and who is missing, in words. */
export function paperLines(
  { signatures, digitally, missing, seals, remarks, documentId, unsigned }: SignedOnPaper,
  paint: Paint,
): string[] {
  const signed = signatures.map(({ signatory, scans }) => {
    const files = scans.map(({ file, page, pages }) => (pages === 1 ? file : `${file}, side ${page}`));
    const confirmed = scans.some(({ recognised }) => recognised === "confirmed") ? " (bekræftet uden kode)" : "";
    return `  ${paint("green", "✓")} ${signatory.name}: ${listed(files)}${confirmed}`;
  });
  const absent = [
    ...missing.map(({ name, title }) => `${name}, ${title}`),
    ...seals.map(({ organisation }) => placeName({ name: organisation, seal: true })),
  ];
  const digital = unsigned.digitalSignatures;
  return [
    `  Underskrifter på papir, dokument-id ${documentId}:`,
    ...signed,
    ...digitally.map(({ name }) => `  ${name}: digitalt, i plan.pdf`),
    ...absent.map((text) => `  ${paint("yellow", "mangler")} ${text}`),
    ...remarks.map((remark) => `  ${remark}`),
    ...(digital > 0
      ? [
          `  plan.pdf bærer ${digital === 1 ? "én digital underskrift" : `${inWords(digital)} digitale underskrifter`}. Den ligger uændret som bilag; efterprøv den med »resultatplan verify«.`,
        ]
      : []),
    "  Efterse siderne: programmet ser, hvilken side det er, men ikke, om der er skrevet under på den.",
  ];
}

/** The same as plain data for `--json`: what a build tells, and `paper`. */
export function attachedAsData({ outcome, paper }: AttachOutcome): object {
  return { ...outcomesAsData([outcome]), paper: paper ? paperAsData(paper) : null };
}

function paperAsData({
  signatures,
  digitally,
  missing,
  seals,
  remarks,
  documentId,
  sourceHash,
  unsigned,
}: SignedOnPaper): object {
  return {
    documentId,
    sourceHash,
    unsigned,
    signatures: signatures.map(({ signatory, number, scans }) => ({ number, name: signatory.name, scans })),
    digitally: digitally.map(({ name }) => name),
    missing: [...missing.map(({ name }) => name), ...seals.map(({ organisation }) => organisation)],
    remarks,
  };
}

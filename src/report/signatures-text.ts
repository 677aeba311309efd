import type { SignatureReport } from "../verify/report.ts";
import type { Finding, Verdict } from "../verify/verdict.ts";
import type { Paint } from "./paint.ts";
import { shown } from "./shown.ts";
import type { JudgedFile } from "./signatures-data.ts";
import { toldPlanRows } from "./told-plan.ts";

/** A file's verdict for people: a headline, and for each signature the five answers and what speaks against it. */
export function fileVerdictText({ path, report, plan }: JudgedFile, paint: Paint): string {
  const lines = [`${mark(report.verdict, paint)} ${paint("bold", path)}: ${verdictText(report.verdict, paint)}`];
  lines.push(...report.findings.map((finding) => `  ${findingText(finding, paint)}`));
  if (plan) lines.push(...toldPlanRows(plan).map(([name, text]) => `  ${paint("dim", `${name}:`.padEnd(14))}${text}`));
  for (const signature of report.signatures) lines.push(...signatureLines(signature, report.revisions.length, paint));
  // Of a plan the names of those who are missing are told above.
  if (report.emptyFields.length > 0 && !plan?.signatories.length)
    lines.push(`  Her mangler en underskrift: ${report.emptyFields.map(shown).join(", ")}.`);
  for (const { name, report: attached } of report.attachments)
    lines.push(fileVerdictText({ path: `bilag ${shown(name)}`, report: attached }, paint).replace(/^/gm, "  "));
  return lines.join("\n");
}

function signatureLines(signature: SignatureReport, revisions: number, paint: Paint): string[] {
  const what = signature.kind === "signature" ? "Underskrift" : "Tidsstempel";
  const who = signature.signer ? ` af ${signature.signer}` : "";
  const answers: [string, string][] = [
    ["hel", signature.intact ? "ja" : "nej"],
    ["dækker", coverage(signature, revisions)],
    ["ændret siden", changes(signature)],
    ["stoler på", signature.chain.length > 0 ? signature.chain.join(" ‹ ") : "ingen kæde til nogen, der stoles på"],
    ["tid", time(signature)],
  ];
  return [
    `  ${mark(signature.verdict, paint)} ${what} i feltet »${shown(signature.field)}«${who}: ${verdictText(signature.verdict, paint)}`,
    ...answers.map(([name, answer]) => `      ${paint("dim", `${name}:`.padEnd(14))}${answer}`),
    ...signature.findings.map((finding) => `      ${findingText(finding, paint)}`),
  ];
}

function coverage({ revision }: SignatureReport, revisions: number): string {
  if (revision === undefined) return "intet, der kan efterprøves";
  return revision === revisions ? "hele filen" : `filens udgave ${revision} af ${revisions}`;
}

function changes(signature: SignatureReport): string {
  if (signature.revision === undefined) return "kan ikke afgøres";
  const count = (allowed: string) => signature.changes.filter((change) => change.allowed === allowed).length;
  if (signature.changes.length === 0) return "nej";
  const parts = [
    [count("forbidden"), "ikke tilladt"],
    [count("unstated"), "måske tilladt"],
    [count("allowed"), "tilladt"],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number} ${words}`)
    .join(", ");
}

function time({ proven, claimed, kind }: SignatureReport): string {
  if (proven) return `${moment(proven)}${kind === "signature" ? " (bevist af et tidsstempel)" : ""}`;
  return claimed ? `intet bevist; underskriveren siger selv ${moment(claimed)}` : "intet bevist";
}

/** »2026-06-01 12.00 UTC«: the same on every machine. */
function moment(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace("T", " ").replace(":", ".")} UTC`;
}

function verdictText({ indication, sub }: Verdict, paint: Paint): string {
  return paint(colours[indication], sub ? `${indication} (${sub})` : indication);
}

function mark({ indication }: Verdict, paint: Paint): string {
  return paint(colours[indication], { "TOTAL-PASSED": "✓", INDETERMINATE: "?", "TOTAL-FAILED": "✗" }[indication]);
}

function findingText({ code, message, verdict }: Finding, paint: Paint): string {
  const colour = verdict ? colours[verdict.indication] : "cyan";
  return `${paint(colour, verdict ? "!" : "·")} ${shown(message)} ${paint("dim", `[${code}]`)}`;
}

const colours = { "TOTAL-PASSED": "green", INDETERMINATE: "yellow", "TOTAL-FAILED": "red" } as const;

import { longDate } from "../core/danish.ts";
import { isoDate } from "../core/date.ts";
import type { ToldPlan, ToldSignatory } from "../pipeline/signed/told-plan.ts";
import { PAPER_RECORD, type SourceFacts } from "../verify/inspect/source.ts";
import type { Indication } from "../verify/verdict.ts";
import { shown } from "./shown.ts";

/** Which plan a file is, whether its source fits, and who has signed: names of rows with what they say, Danish. */
export function toldPlanRows(plan: ToldPlan): [name: string, text: string][] {
  const { title, institution, period, id, source, signatories, paperProblem } = plan;
  const years = period && `${longDate(period.from)} til ${longDate(period.to)}`;
  const which = [title, institution, years].filter(Boolean).join(", ");
  const missing = signatories.filter((one) => !one.signature && !one.onPaper && !one.inAttached);
  const rows: [string, string][] = [
    ["plan", `${which || "uden titel"} (id ${id})`],
    ["kilde", sourceText(source)],
  ];
  if (signatories.length > 0) {
    rows.push(["underskrevet", signedText(signatories) || "af ingen endnu"]);
    rows.push(["mangler", missing.map(placeName).join("; ") || "ingen"]);
  }
  if (paperProblem !== undefined) rows.push(["papir", `${PAPER_RECORD} i filen regnes ikke med: Den ${paperProblem}.`]);
  return rows.map(([name, text]) => [name, shown(text)]);
}

const marks: Readonly<Record<Indication, string>> = { "TOTAL-PASSED": "✓", INDETERMINATE: "?", "TOTAL-FAILED": "✗" };

/** Who has signed digitally, and then who has elsewhere, for which there is nothing here but the file's own word. */
function signedText(signatories: readonly ToldSignatory[]): string {
  const onPaper = signatories.filter((one) => one.onPaper).map(placeName);
  const inAttached = signatories.filter((one) => one.inAttached).map(placeName);
  return [
    ...signatories.filter((one) => one.signature).map(digitalText),
    ...(inAttached.length > 0
      ? [`digitalt i den vedhæftede plan.pdf, siger filen selv: ${inAttached.join(", ")}`]
      : []),
    ...(onPaper.length > 0 ? [`på papir, siger filen selv: ${onPaper.join(", ")} (ikke digitalt)`] : []),
  ].join("; ");
}

function digitalText(signatory: ToldSignatory): string {
  const { holder, verdict } = signatory.signature ?? {};
  const mark = verdict ? `${marks[verdict.indication]} ` : "";
  const other = holder !== undefined && holder.toLowerCase() !== signatory.name.toLowerCase();
  return `${mark}${placeName(signatory)}${other ? `, med certifikatet for ${holder}` : ""}`;
}

/** »Anna Æbelø«, »Styrelsen for Eksempler (segl)«. */
export function placeName({ name, seal }: { readonly name: string; readonly seal?: boolean }): string {
  return seal ? `${name} (segl)` : name;
}

function sourceText({ named, attached, files, fits }: SourceFacts): string {
  const name = `sha256 ${named.slice(0, 16)}…`;
  if (fits) return `kilden (${files.join(", ")}) ligger i filen og er den, som metadata nævner (${name})`;
  if (attached === undefined) return `kilden ligger ikke i filen; metadata nævner ${name}`;
  return `kilden i filen er IKKE den, som metadata nævner (${attached.slice(0, 16)}… mod ${named.slice(0, 16)}…)`;
}

/** The same as plain data for `--json`. */
export function toldPlanAsData(plan: ToldPlan): object {
  const { id, title, institution, period, source, signatories, paperProblem } = plan;
  return {
    id,
    title: title ?? null,
    institution: institution ?? null,
    period: period ? { from: isoDate(period.from), to: isoDate(period.to) } : null,
    source: { ...source, attached: source.attached ?? null },
    signatories: signatories.map(({ name, role, seal, signature, onPaper, inAttached }) => ({
      name,
      role,
      seal,
      signed: signature !== undefined,
      // By what the file says of itself.
      onPaper,
      inAttached,
      field: signature?.field ?? null,
      certificate: signature?.holder ?? null,
      indication: signature?.verdict?.indication ?? null,
      subIndication: signature?.verdict?.sub ?? null,
    })),
    paperProblem: paperProblem ?? null,
  };
}

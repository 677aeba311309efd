import { isoDate } from "../../core/date.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import { Rewrite } from "../../core/rewrite.ts";
import type { Source } from "../../core/source.ts";
import { readFrontMatter } from "../../plan/front-matter.ts";
import { asWritten, type Entry, editMap } from "../../plan/map-edits.ts";
import { goalsOf, type Plan } from "../../plan/plan.ts";
import type { Assessment } from "../assessment.ts";
import { nextYears, type Rolling, rollDates, rollGoals, withEntry } from "./goals.ts";
import { remarksOnText } from "./prose.ts";
import { asDiagnostics } from "./remark.ts";
import { movedDay, movedYears, stepFrom } from "./step.ts";
import { remarksOnFrontMatter } from "./texts.ts";

/** Next year's plan, and everything in it that was changed or that a person must look at, by place in the new text. */
export interface NextPlan {
  readonly source: Source;
  readonly remarks: readonly Diagnostic[];
}

/**
 * Next year's plan as a rewrite of this year's: the period, the title, deadlines and the years of tables are moved, goals are
 * marked as carried over, dates of signature opened, results left to be fetched (`historik`) where there are some. All else
 * stays letter for letter; every year and number in it is listed.
 *
 * @param path the file that the new plan is to be, for the places of the remarks
 */
export function rollForward(plan: Plan, assessment: Assessment | undefined, path: string): NextPlan {
  const { source } = plan.formSpan;
  const front = readFrontMatter(source).value;
  if (!front) throw new Error("a plan that was read cannot be read again");
  const rolling: Rolling = {
    rewrite: new Rewrite(source),
    front,
    step: stepFrom(plan.period),
    assessment,
    remarks: [],
  };
  rollTop(rolling, plan);
  for (const [index] of plan.followUps.entries()) rollDates(rolling, ["opfølgning", index], ["frist"]);
  // Where the history stays that of an even earlier plan, what goals continue is in that one.
  rollGoals(rolling, goalsOf(plan.groups), assessment !== undefined || plan.history === undefined);
  for (const [index] of plan.signatories.entries()) openSignature(rolling, plan, index);
  const remarks = [
    ...rolling.remarks,
    ...remarksOnFrontMatter(front, rolling.step),
    ...remarksOnText(source, plan.body.span, rolling.step),
  ];
  const { source: next, spanOf } = rolling.rewrite.finish(path);
  return { source: next, remarks: asDiagnostics(remarks, spanOf) };
}

/** The keys at the top: title, state, case, period and history. */
function rollTop(rolling: Rolling, plan: Plan): void {
  const { rewrite, front, step, assessment, remarks } = rolling;
  const title = movedYears(plan.title, step);
  const known = (key: string) => front.textAt([key]);
  const places = editMap(rewrite, front, [], (entries) => {
    let next: readonly Entry[] = entries.filter((entry) => entry.key !== "sagsnummer");
    if (title !== plan.title) next = withEntry(next, "titel", inStyle(next, "titel", title), []);
    if (known("tilstand") !== "udkast") next = withEntry(next, "tilstand", "udkast", ["titel"]);
    if (assessment) next = withEntry(next, "historik", asWritten(plan.id), ["periode"]);
    return next;
  });
  rollPeriod(rolling, plan);
  const say = (kind: "changed" | "open", code: string, key: string, message: string, hint?: string) =>
    remarks.push({ kind, code, at: places.get(key) ?? front.keySpan([key]), message, ...(hint && { hint }) });
  const years = nextYears(step);
  if (title === plan.title)
    say("open", "ny-titel", "titel", `Titlen har intet år, der kunne flyttes til ${years}.`, "Skal den ændres?");
  else say("changed", "ny-år", "titel", `Titlen er ændret fra »${plan.title}«.`);
  if (places.has("tilstand")) say("changed", "ny-tilstand", "tilstand", "Planen er et udkast.");
  say("open", "ny-skabelon", "skabelon", `Planen har stadig skabelonen »${plan.form}«.`, "Er der en nyere?");
  say(
    "open",
    "ny-ministerium",
    "ministerium",
    `Ministeriet er »${plan.ministry}«, som før.`,
    "Hedder det stadig sådan?",
  );
  if (plan.caseNumber !== undefined)
    say(
      "open",
      "ny-sag",
      "ministerium",
      `Sagsnummeret ${plan.caseNumber} hører til den forrige plan og er slettet.`,
      "Skriv sagsnummer: og den nye sags nummer.",
    );
  if (assessment) {
    say("changed", "ny-historik", "historik", `Resultaterne hentes fra »${plan.id}«.`);
    return;
  }
  const still = plan.history ? ` Historikken er stadig »${plan.history.plan}«.` : "";
  say(
    "open",
    "ny-historik",
    plan.history ? "historik" : "periode",
    `Planen »${plan.id}« har endnu ingen resultater, der kan hentes.${still}`,
    `Skriv historik: ${asWritten(plan.id)}, når de er der.`,
  );
}

/** A new text for a key, in quotation marks where the old one has them. */
function inStyle(entries: readonly Entry[], key: string, text: string): string {
  const old = entries.find((entry) => entry.key === key)?.written ?? "";
  const plain = asWritten(text);
  if (old.startsWith('"')) return JSON.stringify(text);
  return old.startsWith("'") ? `'${text.replaceAll("'", "''")}'` : plain;
}

function rollPeriod({ rewrite, front, step, remarks }: Rolling, plan: Plan): void {
  const { from, to } = plan.period;
  const days: Readonly<Record<string, string>> = {
    fra: isoDate(movedDay(from, step)),
    til: isoDate(movedDay(to, step)),
  };
  const places = editMap(rewrite, front, ["periode"], (entries) =>
    entries.map((entry) => ({ ...entry, written: inStyle([entry], entry.key, days[entry.key] ?? "") })),
  );
  const at = places.get("fra") ?? front.keySpan(["periode"]);
  const message = `Perioden er flyttet: ${days.fra} til ${days.til}.`;
  if (step.whole) remarks.push({ kind: "changed", code: "ny-år", at, message });
  else remarks.push({ kind: "open", code: "ny-år", at, message, hint: "Den er ikke hele år. Passer den?" });
}

/** A signature is open until it is given; who gives it is to be asked anew. */
function openSignature({ rewrite, front, remarks }: Rolling, plan: Plan, index: number): void {
  const signatory = plan.signatories[index];
  const path = ["underskrivere", index];
  if (!signatory) return;
  const places = editMap(rewrite, front, path, (entries) => {
    const kept = entries.filter((entry) => entry.key !== "dato" && entry.key !== "datolinje");
    // The wording of the date may be all that says where.
    const placeless = signatory.dateLine !== undefined && signatory.place === undefined;
    return placeless ? withEntry(kept, "sted", "(UDFYLD by)", ["organisation", "stilling"]) : kept;
  });
  const opened = signatory.date || signatory.dateLine !== undefined ? " Datoen er åben." : "";
  remarks.push({
    kind: "open",
    code: "ny-underskrift",
    at: places.get("navn") ?? front.keySpan([...path, "navn"]),
    message: `${signatory.name}, ${signatory.title.toLowerCase()}, står til at skrive under.${opened}`,
    hint: `Er det rigtigt for ${nextYears(stepFrom(plan.period))}?`,
  });
}

/** The id of next year's plan: the years in it moved, or added where it has none. */
export function nextId(plan: Plan): string {
  const step = stepFrom(plan.period);
  const moved = movedYears(plan.id, step);
  return moved === plan.id ? `${plan.id.replace(/[-._]+$/, "")}-${nextYears(step)}` : moved;
}

import { capitalised, listed, months } from "../core/danish.ts";
import type { LocalDate } from "../core/date.ts";
import { type Diagnostic, error, note, warning } from "../core/diagnostic.ts";
import type { FaultyPlan } from "../plan/load.ts";
import { type Goal, goalsOf, type Plan } from "../plan/plan.ts";
import type { Form, GoalField } from "./form.ts";

const has: Record<GoalField, (goal: Goal, narrated: ReadonlySet<Goal>) => boolean> = {
  overskrift: (goal) => goal.heading !== undefined,
  fortælling: (goal, narrated) => narrated.has(goal),
  mål: (goal) => goal.statement !== undefined,
  målepunkt: (goal) => goal.measurePoint !== undefined,
  bemærkninger: (goal) => goal.remarks !== undefined,
  rammeoverskrift: (goal) => goal.boxHeading !== undefined,
  vægt: (goal) => goal.weight !== undefined,
  point: (goal) => goal.points !== undefined,
  skala: (goal) => goal.scale !== undefined,
  frist: (goal) => goal.deadline !== undefined,
  ansvarlig: (goal) => goal.responsible !== undefined,
  strategi: (goal) => goal.strategy !== undefined,
  delmål: (goal) => goal.subGoals.length > 0,
  milepæle: (goal) => goal.milestones.length > 0,
  krav: (goal) => goal.rule !== undefined,
  tabel: (goal) => goal.measure.rows.length > 0,
  anmærkning: (goal) => goal.measure.note !== undefined,
  kilde: (goal) => goal.measure.dataSource !== undefined,
};

/** The goals that the body tells something about. */
function narratedGoals(plan: Plan): ReadonlySet<Goal> {
  return new Set(plan.body.blocks.flatMap((block) => (block.kind === "goals" && block.narrative ? block.goals : [])));
}

/** What a plan lacks for its form, and what it holds that the form would leave out in silence. */
export function formDiagnostics(plan: Plan, form: Form): Diagnostic[] {
  const narrated = narratedGoals(plan);
  const fields = Object.keys(has) as GoalField[];
  return [
    ...goalsOf(plan.groups).flatMap((goal) => missingFields(goal, form.needs.goal, form, narrated)),
    ...fields.flatMap((field) => unseenField(field, plan, form, narrated)),
    ...signatoryDiagnostics(plan, form),
  ];
}

/**
 * What a plan that has errors lacks besides for its form. Nothing that may follow from what is told already: what a faulty key
 * would have said, and what texts say of goals in blocks that may be faulty.
 */
export function formDiagnosticsBesides({ plan, unsure }: FaultyPlan, form: Form): Diagnostic[] {
  const sound = (...keys: readonly string[]) => !keys.some((key) => unsure.has(key));
  const needed = form.needs.goal.filter((field) => field !== "fortælling" && sound(field));
  const goals = sound("mål", "grupper", "nøgle", "nr") ? goalsOf(plan.groups) : [];
  const narrated = narratedGoals(plan);
  return [
    ...goals.flatMap((goal) => missingFields(goal, needed, form, narrated)),
    ...(Object.keys(has) as GoalField[]).flatMap((field) => unseenField(field, plan, form, narrated)),
    ...(sound("underskrivere", "navn", "stilling", "organisation", "sted") ? signatoryDiagnostics(plan, form) : []),
  ];
}

function missingFields(
  goal: Goal,
  needed: readonly GoalField[],
  form: Form,
  narrated: ReadonlySet<Goal>,
): Diagnostic[] {
  return needed
    .filter((field) => !has[field](goal, narrated))
    .map((field) =>
      error(
        "skabelonen-kræver",
        goal.span,
        `Skabelonen »${form.name}« kræver »${field}« for mål ${goal.called}.`,
        field === "bemærkninger"
          ? "Tilføj bemærkninger: (rubrikken må gerne være tom)."
          : `Tilføj ${field}: og teksten.`,
      ),
    );
}

/** What an author calls a field that goes by another name in the forms. */
const authorsWords: Partial<Record<GoalField, string>> = {
  fortælling: "teksten i :::mål-blokken",
  tabel: "»måltal« og »resultat«",
};

/** A field that some goals have and the form does not print: told once, at the first of them. */
function unseenField(field: GoalField, plan: Plan, form: Form, narrated: ReadonlySet<Goal>): Diagnostic[] {
  if (form.shows.includes(field)) return [];
  const dataOnly = form.dataOnly.includes(field);
  const holders = goalsOf(plan.groups).filter(
    (goal) => has[field](goal, narrated) && (dataOnly ? holdsText(field, goal, plan) : !isEmptyRemark(field, goal)),
  );
  const first = holders[0];
  if (!first) return [];
  const what = authorsWords[field] ?? `»${field}«`;
  const who = holders.length === 1 ? `mål ${first.called}` : `${holders.length} mål`;
  if (!dataOnly) {
    return [
      warning(
        "vises-ikke",
        first.span,
        `Skabelonen »${form.name}« trykker ikke ${what}, som ${who} har.`,
        "Er det en del af det aftalte, så vælg en anden skabelon, eller skriv det i en tekst, som skabelonen trykker.",
      ),
    ];
  }
  return [
    note(
      "kun-data",
      first.span,
      `Skabelonen »${form.name}« trykker ikke ${what}, som ${who} har; det er kun til opgørelsen.`,
    ),
  ];
}

/** An empty cell that is not printed is no loss. */
function isEmptyRemark(field: GoalField, goal: Goal): boolean {
  return field === "bemærkninger" && goal.remarks?.plain.trim() === "";
}

/** Whether a field that a form keeps for calculation holds more than figures: text that the author may think is printed. */
function holdsText(field: GoalField, goal: Goal, plan: Plan): boolean {
  if (field === "frist") return goal.deadline !== undefined && !namesDay(wordsOf(goal, plan), goal.deadline);
  if (field === "ansvarlig")
    return !wordsOf(goal, plan)
      .toLowerCase()
      .includes(goal.responsible?.toLowerCase() ?? "");
  if (field === "delmål") return goal.subGoals.some((part) => part.text !== undefined || part.measure.rows.length > 0);
  return !["krav", "strategi"].includes(field);
}

/** What is printed of a goal in words: what stands there need not be printed twice. */
function wordsOf(goal: Goal, plan: Plan): string {
  const narratives = plan.body.blocks.map((block) =>
    block.kind === "goals" && block.goals.includes(goal) ? block.narrative : undefined,
  );
  return [goal.title, goal.statement, goal.measurePoint, goal.remarks, ...narratives]
    .map((text) => text?.plain ?? "")
    .join("\n");
}

/** Whether words may name a deadline: its month, its quarter or half-year, or the end of the year, however they are put. */
function namesDay(words: string, { year, month, day }: LocalDate): boolean {
  const ways = [
    `(?<!\\p{L})${months[month - 1]}(?!\\p{L})`,
    `(?<!\\d)${day}[./-]\\s?0?${month}(?!\\d)`,
    `${year}-${String(month).padStart(2, "0")}`,
    `(?<!\\d)${Math.ceil(month / 3)}\\.\\s?kvartal`,
    `(?<!\\d)${Math.ceil(month / 6)}\\.\\s?halvår`,
    ...(month === 12 ? ["årets udgang", "udgangen af (?:året|\\d{4})", "ultimo"] : []),
  ];
  return new RegExp(ways.join("|"), "iu").test(words);
}

function signatoryDiagnostics(plan: Plan, form: Form): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const signatory of plan.signatories) {
    const lacking = form.needs.signatory.filter((field) =>
      field === "sted"
        ? signatory.place === undefined && signatory.dateLine === undefined
        : signatory.organisation === undefined,
    );
    if (lacking.length > 0)
      found.push(
        error(
          "skabelonen-kræver",
          signatory.span,
          `Skabelonen »${form.name}« kræver ${listed(lacking.map((field) => `»${field}«`))} for ${signatory.name}.`,
        ),
      );
  }
  for (const position of form.needs.positions) {
    if (plan.signatories.some((signatory) => signatory.title.toLowerCase().includes(position.toLowerCase()))) continue;
    const at = plan.signatories[0]?.span ?? plan.formSpan;
    found.push(
      error(
        "underskriver-mangler",
        at,
        `Ingen af underskriverne er ${position}, som skabelonen »${form.name}« kræver.`,
        `Tilføj en underskriver med stilling: ${capitalised(position)}.`,
      ),
    );
  }
  return found;
}

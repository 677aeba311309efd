import { stopped } from "../core/danish.ts";
import { invisibleCharacter } from "../core/reading.ts";
import { didYouMean } from "../core/suggest.ts";
import { type NewPlan, type NewSignatory, parseYears, yearsText } from "../plan/new-plan.ts";
import { idFrom, idProblem } from "../plan/plan-id.ts";

/** What was given on the command line, by the names of the options. */
export interface Answers {
  readonly skabelon?: string | undefined;
  readonly institution?: string | undefined;
  readonly kort?: string | undefined;
  readonly ministerium?: string | undefined;
  readonly aar?: string | undefined;
  readonly titel?: string | undefined;
  readonly id?: string | undefined;
  readonly underskriver?: readonly string[] | undefined;
}

/** What a new plan cannot do without. */
export const required = ["skabelon", "institution", "ministerium", "aar"] as const;

/** More than any name is. */
const LONGEST = 200;

/** What is wrong with a name or a title, as the rest of a sentence; undefined for a good one. */
export function textProblem(text: string): string | undefined {
  if (text.trim() === "") return "må ikke være tom";
  if (text.length > LONGEST) return `må højst være ${LONGEST} tegn`;
  if (/[\r\n\t]/.test(text)) return "skal stå på én linje";
  if (text.includes("{{")) return "kan ikke have pladsholdere";
  const hidden = invisibleCharacter(text);
  return hidden && `har et usynligt tegn (${hidden})`;
}

/** The same for years. */
export function yearsProblem(text: string): string | undefined {
  return parseYears(text) ? undefined : "skal være et år som 2027 eller flere som 2027-2029";
}

/** Everything that is wrong with what was given, a line for each. */
export function problemsOf(answers: Answers, forms: readonly string[]): string[] {
  const found: string[] = [];
  const hold = (option: string, value: string | undefined, problemOf: (text: string) => string | undefined) => {
    const problem = value === undefined ? undefined : problemOf(value);
    if (problem) found.push(stopped(`--${option} ${problem}`));
  };
  hold("skabelon", answers.skabelon, (name) =>
    forms.includes(name) ? undefined : `kan ikke være »${name}«. ${didYouMean(name, forms) ?? ""}`.trim(),
  );
  for (const option of ["institution", "kort", "ministerium", "titel"] as const)
    hold(option, answers[option], textProblem);
  hold("aar", answers.aar, yearsProblem);
  hold("id", answers.id, idProblem);
  for (const person of answers.underskriver ?? []) {
    const parts = person.split(";").map((part) => part.trim());
    hold("underskriver", person, () => {
      if (parts.length > 4) return `»${person}« har mere end navn; stilling; organisation; sted`;
      if (parts[0] === "") return `»${person}« har intet navn`;
      return parts
        .filter((part) => part !== "")
        .map(textProblem)
        .find(Boolean);
    });
  }
  return found;
}

/** Answers that nothing is missing from or wrong with. */
export function planFrom(answers: Answers): { id: string; plan: Omit<NewPlan, "positions"> } {
  const years = parseYears(answers.aar ?? "");
  const { skabelon: form = "", institution = "", ministerium: ministry = "" } = answers;
  if (!years) throw new Error("the answers have not been checked");
  const shortName = answers.kort?.trim();
  return {
    id: answers.id ?? idFrom(shortName ?? institution, yearsText(years)),
    plan: {
      form,
      title: answers.titel?.trim(),
      institution: institution.trim(),
      shortName,
      ministry: ministry.trim(),
      years,
      signatories: (answers.underskriver ?? []).map(signatoryFrom),
    },
  };
}

/** Reads »navn; stilling; organisation; sted«. */
function signatoryFrom(text: string): NewSignatory {
  const [name, title, organisation, place] = text.split(";").map((part) => part.trim() || undefined);
  return {
    ...(name && { name }),
    ...(title && { title }),
    ...(organisation && { organisation }),
    ...(place && { place }),
  };
}

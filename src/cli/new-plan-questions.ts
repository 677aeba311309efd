import { intro, isCancel, note, outro, select, text, updateSettings } from "@clack/prompts";
import { Failure } from "../core/failure.ts";
import type { StarterSignatory } from "../plan/new-plan.ts";
import { idFrom, idProblem } from "../plan/plan-id.ts";
import { type Answers, textProblem, yearsProblem } from "./new-plan-answers.ts";

/** A form as it is offered. */
export interface OfferedForm {
  readonly name: string;
  readonly title: string;
  /** Those who sign in this form. */
  readonly signatories: readonly StarterSignatory[];
}

/**
 * Asks the person at the terminal for what was not given. The year that is suggested is the coming one; the person decides.
 *
 * @throws Failure `afbrudt` when the person breaks off: nothing has been written.
 */
export async function askForPlan(
  given: Answers,
  forms: readonly OfferedForm[],
  signal: AbortSignal,
  takenId: (id: string) => Promise<boolean>,
): Promise<Answers> {
  updateSettings({ messages: { cancel: "Afbrudt", error: "Noget gik galt" } });
  intro("En ny plan");
  const ask = async (option: keyof Answers, message: string, settings: Partial<Question> = {}): Promise<string> => {
    const known = given[option];
    return typeof known === "string" ? known : question({ message, problemOf: textProblem, ...settings }, signal);
  };
  const skabelon = given.skabelon ?? (await chosenForm(forms, signal));
  const institution = await ask("institution", "Institutionens fulde navn");
  const kort = await ask("kort", "Institutionens korte navn (Enter: det samme)", { optional: true });
  const ministerium = await ask("ministerium", "Ministeriets navn");
  const aar = await ask("aar", "Planens år", {
    initial: String(new Date().getFullYear() + 1),
    problemOf: yearsProblem,
  });
  const form = forms.find((one) => one.name === skabelon);
  const underskriver = given.underskriver?.length
    ? given.underskriver
    : await askForSignatories(form?.signatories ?? [], signal);
  let id = given.id ?? "";
  if (given.id === undefined) {
    const suggested = idFrom(kort || institution, aar.trim());
    do {
      if (id !== "") note(`Der er allerede en plan »${id}«. Vælg et andet navn.`);
      id = await ask("id", "Navnet på planens mappe", { initial: suggested, problemOf: idProblem });
    } while (await takenId(id));
  }
  outro("Tak. Resten skriver du i planen.");
  return { ...given, skabelon, institution, kort: kort === "" ? undefined : kort, ministerium, aar, underskriver, id };
}

async function askForSignatories(places: readonly StarterSignatory[], signal: AbortSignal): Promise<string[]> {
  const signatories: string[] = [];
  for (const { title, place, required } of places) {
    // A name may have no semicolon: it would be read as the end of the name.
    const problemOf = (value: string) => (value.includes(";") ? "kan ikke have semikolon" : textProblem(value));
    const later = { optional: true, problemOf };
    const name = await question(
      {
        message: `Hvem skriver under${required ? ` som ${title.toLowerCase()}` : " for institutionen"}? (Enter: senere)`,
        ...later,
      },
      signal,
    );
    const position =
      name === "" || required
        ? title
        : await question({ message: `Hvilken stilling har ${name}?`, initial: title, problemOf }, signal);
    const town =
      name === "" || place
        ? (place ?? "")
        : await question({ message: `I hvilken by skriver ${name} under? (Enter: senere)`, ...later }, signal);
    signatories.push([name === "" ? `(UDFYLD navn på ${title.toLowerCase()})` : name, position, "", town].join("; "));
  }
  return signatories;
}

interface Question {
  readonly message: string;
  readonly initial?: string;
  readonly optional?: boolean;
  readonly problemOf: (text: string) => string | undefined;
}

async function question({ message, initial, optional = false, problemOf }: Question, signal: AbortSignal) {
  const answer = await text({
    message,
    signal,
    ...(initial !== undefined && { initialValue: initial }),
    validate: (value = "") => {
      if (optional && value.trim() === "") return undefined;
      if (value.trim() === "") return "Skriv et svar.";
      const problem = problemOf(value);
      return problem && `Svaret ${problem}.`;
    },
  });
  return typed(answer).trim();
}

async function chosenForm(forms: readonly OfferedForm[], signal: AbortSignal): Promise<string> {
  const options = forms.map(({ name, title }) => ({ value: name, label: title, hint: name }));
  return typed(
    await select({ message: "Hvilken form?  (pil op og ned, Enter)", options, showInstructions: false, signal }),
  );
}

/** An answer; breaking off is no answer. */
function typed(answer: string | symbol): string {
  if (isCancel(answer) || typeof answer !== "string")
    throw new Failure("interrupted", "afbrudt", "Afbrudt. Intet er skrevet.");
  return answer;
}

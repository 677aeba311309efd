import { counted, inWords, listed } from "../../core/danish.ts";
import type { Progress, Status } from "./followup.ts";

const order: readonly Status[] = ["met", "expectedMet", "atRisk", "expectedNotMet", "withdrawn"];

/** How one goal and how several are told: »ét er i risiko«, »to forventes opfyldt«. */
const said: Readonly<Record<Status, string>> = {
  met: "er opfyldt",
  expectedMet: "forventes opfyldt",
  atRisk: "er i risiko",
  expectedNotMet: "forventes ikke opfyldt",
  withdrawn: "er udgået",
};

/** The follow-up in a sentence: »Af planens fire mål er ét opfyldt, to forventes opfyldt, og ét er i risiko.« */
export function statusSummary({ goals }: Pick<Progress, "goals">): string {
  const groups = order
    .map((status) => ({ status, count: goals.filter(({ told }) => told.stated?.status === status).length }))
    .filter(({ count }) => count > 0);
  const [first, ...others] = groups;
  if (!first) return "Planen har ingen mål.";
  if (others.length === 0) {
    const all =
      goals.length === 1 ? "Planens ene mål" : goals.length === 2 ? "Begge mål" : `Alle ${inWords(goals.length)} mål`;
    return `${all} ${said[first.status]}.`;
  }
  const [verb, rest = ""] = splitVerb(said[first.status]);
  const begun = `Af planens ${inWords(goals.length)} mål ${verb} ${counted(first.count)} ${rest}`.trim();
  const following = others.map(({ status, count }) => `${counted(count)} ${said[status]}`);
  return `${others.length === 1 ? `${begun}, og ${following[0]}` : `${begun}, ${listedAfterComma(following)}`}.`;
}

function listedAfterComma(clauses: readonly string[]): string {
  return listed(clauses).replace(/ og (?=[^,]*$)/, ", og ");
}

function splitVerb(phrase: string): [string, string?] {
  const [verb = "", ...rest] = phrase.split(" ");
  return [verb, rest.join(" ")];
}

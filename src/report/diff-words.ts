import type { PartDifference } from "../compare/compare.ts";
import type { PartKind } from "../compare/outline.ts";
import { capitalised, listed } from "../core/danish.ts";
import type { VersionComparison } from "../pipeline/compare/diff.ts";

const names: Readonly<Record<PartKind, (count: number) => string>> = {
  goal: () => "mål",
  group: (count) => (count === 1 ? "gruppe" : "grupper"),
  section: () => "afsnit",
  plan: () => "",
  signatories: () => "",
};

/** »2 mål er ændret, 1 mål er tilføjet og 1 afsnit er slettet.«; or that nothing is. */
export function differencesInWords({ parts = [], layout, pictures }: VersionComparison): string {
  const drawn = picturesInWords(pictures);
  if (drawn && parts.length === 0 && !layout) return drawn;
  if (layout && drawn) return `Ordene er de samme; linjeskift, mellemrum eller bemærkninger er ændret. ${drawn}`;
  if (layout) return "Planerne siger det samme; kun linjeskift, mellemrum eller bemærkninger i filen er ændret.";
  if (parts.length === 0) return "Filerne er ens.";
  const said = (["goal", "group", "section"] as const).flatMap((kind) => [
    ...counted(parts, kind, "ændret", (part) => part.kind === "changed" && part.fields.length > 0),
    ...counted(parts, kind, "flyttet", (part) => part.moved),
    ...counted(parts, kind, "tilføjet", (part) => part.kind === "added"),
    ...counted(parts, kind, "slettet", (part) => part.kind === "removed"),
  ]);
  if (parts.some(({ part }) => part === "plan")) said.push("planens oplysninger er ændret");
  if (parts.some(({ part }) => part === "signatories")) said.push("underskriverne er ændret");
  return [`${capitalised(listed(said))}.`, ...(drawn ? [drawn] : [])].join(" ");
}

/** »Billedet »figur.png« er et andet.«; undefined where the pictures are the same. */
function picturesInWords(pictures: readonly string[]): string | undefined {
  const names = listed(pictures.map((path) => `»${path}«`));
  if (pictures.length === 0) return undefined;
  return pictures.length === 1 ? `Billedet ${names} er et andet.` : `Billederne ${names} er andre.`;
}

function counted(
  parts: readonly PartDifference[],
  kind: PartKind,
  what: string,
  fits: (part: PartDifference) => boolean,
): string[] {
  const count = parts.filter((part) => part.part === kind && fits(part)).length;
  return count === 0 ? [] : [`${count} ${names[kind](count)} er ${what}`];
}

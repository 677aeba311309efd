import type * as z from "zod";
import { inWords } from "../core/danish.ts";
import { type Diagnostic, error } from "../core/diagnostic.ts";
import { didYouMean, nearest } from "../core/suggest.ts";
import type { FrontMatter, Path } from "./front-matter.ts";
import { isOptional, knownKeys } from "./known-keys.ts";

/**
 * Turns what the schema found into diagnostics at the place it is about. There are three cases: a value that is wrong
 * (its own place), a key that is missing (no place: the nearest parent's, and the key is named), a key that is unknown
 * (the issue's path is the parent's; the key has a place of its own).
 */
export function schemaDiagnostics(
  schema: z.core.$ZodType,
  issues: readonly z.core.$ZodIssue[],
  front: FrontMatter,
): Diagnostic[] {
  return withoutConsequences(schema, issues, front).flatMap((issue) => issueDiagnostics(schema, issue, front));
}

/** Leaves out what only follows from another issue: a key is not missing as well as misspelt, nor a list too short as well as none. */
function withoutConsequences(
  schema: z.core.$ZodType,
  issues: readonly z.core.$ZodIssue[],
  front: FrontMatter,
): z.core.$ZodIssue[] {
  const where = (path: Path) => path.join("\n");
  const misspelt = new Set<string>();
  const faulty = new Set<string>();
  for (const issue of issues) {
    if (issue.code === "invalid_type") faulty.add(where(issue.path));
    if (issue.code !== "unrecognized_keys") continue;
    faulty.add(where(issue.path));
    const missing = knownKeys(schema, issue.path).filter(
      (key) => valueAt(front.data, [...issue.path, key]) === undefined,
    );
    for (const key of issue.keys) misspelt.add(where([...issue.path, nearest(key, missing) ?? ""]));
  }
  return issues.filter((issue) => {
    if (issue.code === "unrecognized_keys") return true;
    if (issue.code === "invalid_type") return !misspelt.has(where(issue.path));
    return !faulty.has(where(issue.path));
  });
}

function issueDiagnostics(schema: z.core.$ZodType, issue: z.core.$ZodIssue, front: FrontMatter): Diagnostic[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => unknownKey(key, issue.path, front, knownKeys(schema, issue.path)));
  const key = String(issue.path.at(-1) ?? "");
  const name = nameOf(issue.path);
  const value = valueAt(front.data, issue.path);
  if (value === undefined) {
    return [
      error(
        "mangler",
        front.spanOf(issue.path),
        `Oplysningen »${key}« mangler${inside(issue.path)}.`,
        `Tilføj en linje, der begynder med ${key}:`,
      ),
    ];
  }
  const { message, hint = remedy(schema, issue, value, front) } = wording(issue, value, name);
  const span = issue.code === "invalid_key" ? front.keySpan(issue.path) : front.spanOf(issue.path);
  return [error(codeOf(issue), span, message, hint)];
}

function unknownKey(key: string, parent: Path, front: FrontMatter, known: readonly string[]): Diagnostic {
  const path = [...parent, key];
  const span = front.keySpan(path);
  const hint = isCutByComma(path, front) ? QUOTE_COMMA : didYouMean(key, known);
  return error("ukendt-nøgle", span, `Oplysningen »${key}« findes ikke${inside(path)}.`, hint);
}

const QUOTE_COMMA = "Inden for { } deler et komma oplysningerne; sæt en tekst med komma i anførselstegn.";

/** »{ navn: Æ, Ø og Å }« has a key »Ø og Å« without a value, and »{ 2021: 0,7 }« a key 7. */
function isCutByComma(path: Path, front: FrontMatter): boolean {
  const { source, start } = front.keySpan(path);
  const { line, column } = source.place(start);
  return !valueAt(front.data, path) && /\{[^}]*,\s*$/.test(source.lineText(line).slice(0, column - 1));
}

/** What can be done about a value that is wrong, whatever it is wrong with. */
function remedy(
  schema: z.core.$ZodType,
  issue: z.core.$ZodIssue,
  value: unknown,
  front: FrontMatter,
): string | undefined {
  if (issue.code === "invalid_key") return isCutByComma(issue.path, front) ? QUOTE_COMMA : undefined;
  if (value !== "" && value !== null) return undefined;
  return isOptional(schema, issue.path) ? "Udfyld oplysningen, eller slet den." : "Udfyld oplysningen.";
}

function codeOf(issue: z.core.$ZodIssue): string {
  return issue.code === "invalid_value" ? "ukendt-værdi" : "forkert-værdi";
}

function wording(
  issue: z.core.$ZodIssue,
  value: unknown,
  name: string,
): { message: string; hint?: string | undefined } {
  if ((value === "" || value === null) && issue.code !== "invalid_key") return { message: `${name} er tom.` };
  switch (issue.code) {
    case "invalid_type":
      return expected(issue.expected, value, name);
    case "invalid_value": {
      const values = issue.values.map(String).filter((one) => one !== "true" && one !== "false");
      return { message: `${name} kan ikke være »${String(value)}«.`, hint: didYouMean(String(value), values) };
    }
    case "too_small":
      return {
        message: `${name} skal have mindst ${issue.minimum === 1 ? "ét punkt" : `${inWords(Number(issue.minimum))} punkter`}.`,
        hint: "Hvert punkt på listen begynder med en bindestreg.",
      };
    case "invalid_key":
      return { message: `${name} ${issue.issues[0]?.message ?? "kan ikke stå her"}.` };
    case "custom": {
      const hint = issue.params?.hint;
      return { message: `${name} ${issue.message}${shown(value)}.`, ...(typeof hint === "string" && { hint }) };
    }
    default:
      return { message: `${name} ${issue.message}${shown(value)}.` };
  }
}

function expected(type: string, value: unknown, name: string): { message: string; hint?: string | undefined } {
  if (type === "array")
    return { message: `${name} skal være en liste.`, hint: "Hvert punkt på listen begynder med en bindestreg." };
  if (type === "object" || type === "record")
    return { message: `${name} skal have oplysninger under sig.`, hint: "Skriv dem på hver sin linje, rykket ind." };
  return {
    message: `${name} skal være en tekst.`,
    hint: Array.isArray(value)
      ? "Fjern bindestregen eller de kantede parenteser."
      : "Skriv teksten på samme linje, i anførselstegn, hvis den indeholder kolon.",
  };
}

function nameOf(path: Path): string {
  const key = path.findLast((part) => typeof part === "string");
  const index = typeof path.at(-1) === "number" ? `, nr. ${Number(path.at(-1)) + 1}` : "";
  return `»${String(key ?? "oplysningerne")}«${index}`;
}

/** Where a key belongs, in words: » under »institution««, » i mål nr. 2«. */
function inside(path: Path): string {
  const parent = path.slice(0, -1);
  if (parent.length === 0) return "";
  const index = parent.at(-1);
  if (typeof index === "number")
    return ` i nr. ${index + 1} under »${String(parent.findLast((part) => typeof part === "string"))}«`;
  return ` under »${String(index)}«`;
}

function shown(value: unknown): string {
  return typeof value !== "string" ? "" : `; her står »${value.length > 60 ? `${value.slice(0, 57)}…` : value}«`;
}

/** The value at a path, or undefined. */
export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => {
    if (typeof value !== "object" || value === null) return undefined;
    return Object.hasOwn(value, key) ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  }, data);
}

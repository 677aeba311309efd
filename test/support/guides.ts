import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Source } from "../../src/core/source.ts";
import { parsePlan } from "../../src/plan/load.ts";
import type { Plan } from "../../src/plan/plan.ts";

/** Reads the guides under docs/: their code blocks, their tables, and the plans that their pieces belong to. */

const root = resolve(import.meta.dirname, "../..");

export const readText = (path: string) => readFileSync(resolve(root, path), "utf8");

export interface Example {
  readonly line: number;
  readonly kind: string;
  readonly words: readonly string[];
  readonly text: string;
}

/** The code blocks of a guide. What follows the language says what the block is: `yaml mål fejl=yaml`. */
export function examples(guideText: string): Example[] {
  return [...guideText.matchAll(/^```(\S+)(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    line: guideText.slice(0, match.index).split("\n").length,
    kind: match[1] ?? "",
    words: (match[2] ?? "").trim().split(" "),
    text: match[3] ?? "",
  }));
}

/** What a block says of itself after `name=`. */
export function wordOf({ words }: Example, name: string): string | undefined {
  return words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
}

export const language = readText("docs/plansprog.md");
const written = examples(language);

/** The plan at the top of docs/plansprog.md, which every piece of a plan in the guides is put into. */
export const wholePlan = written.find((example) => example.words[0] === "plan")?.text ?? "";
const groups = written.find((example) => example.words.join(" ") === "oplysninger grupper")?.text ?? "";

/** A file's text without some of the keys at the top of its front matter. */
function without(file: string, keys: readonly string[]): string {
  const end = file.indexOf("\n---", 3);
  const parts = file.slice(0, end).split(/\n(?=\p{L}+:)/u);
  const kept = parts.filter((part) => !keys.some((key) => part.startsWith(`${key}:`)));
  return kept.join("\n") + file.slice(end);
}

/** A file's text with more front matter, in place of some of what it had. */
export function withKeys(file: string, fragment: string, replaced: readonly string[] = topKeys(fragment)): string {
  const rest = without(file, replaced);
  const end = rest.indexOf("\n---", 3);
  return `${rest.slice(0, end)}\n${fragment.trimEnd()}${rest.slice(end)}`;
}

export const topKeys = (fragment: string) => [...fragment.matchAll(/^(\p{L}+):/gmu)].map((match) => match[1] ?? "");

/** Lines moved to the right; empty ones stay empty. */
export function indented(text: string, by: number): string {
  return text.trimEnd().replace(/^(?=.)/gm, " ".repeat(by));
}

/** The whole plan with a goal that has the keys of a fragment. */
export function withGoal(fragment: string): string {
  const given = topKeys(fragment);
  const own = [
    "nr: 1.1",
    ...(given.includes("titel") ? [] : ["titel: Prøve"]),
    ...(given.includes("mål") ? [] : ["mål: Prøve"]),
  ].join("\n");
  const goal = indented(`${own}\n${fragment.trimEnd()}`, 4);
  return withKeys(wholePlan, `mål:\n${goal.replace(/^ {4}/, "  - ")}`);
}

/** A file with another text. */
export function withBody(file: string, text: string): string {
  return `${file.slice(0, file.indexOf("\n---", 3) + 4)}\n\n${text}\n`;
}

/** The whole plan with another text; goals and signatures are shown after it unless it shows them itself. */
export function withText(base: string, text: string): string {
  const missing = [
    ...(text.includes(":::mål") ? [] : ["## Mål\n\n:::mål\n:::"]),
    ...(text.includes(":::underskrifter") ? [] : [":::underskrifter\n:::"]),
  ];
  return withBody(base, [text, ...missing].join("\n\n"));
}

/** The plan that an example of docs/plansprog.md is, or is a piece of. */
export function planOf({ words, text }: Example): string {
  switch (words[0]) {
    case "plan":
      return text;
    case "oplysninger":
      return withKeys(wholePlan, text, [...topKeys(text), ...(words.includes("grupper") ? ["mål"] : [])]);
    case "mål":
      return withGoal(text);
    default:
      return withText(words.includes("grupper") ? withKeys(wholePlan, groups, ["mål"]) : wholePlan, text);
  }
}

/** A plan that is known to be good. */
export function soundPlan(text: string): Plan {
  const parsed = parsePlan("eksempel", new Source("plan.md", text));
  if (!parsed.value) throw new Error(parsed.diagnostics.map((one) => one.message).join("\n"));
  return parsed.value;
}

/** The cells of the rows of a table under a heading, without its head. */
export function tableUnder(text: string, heading: string, number = 0): string[][] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, "");
  const [, after = ""] = prose.split(new RegExp(`^#+ ${heading.replaceAll(".", "\\.")}$`, "m"));
  const section = after.split(/^#/m)[0] ?? "";
  const tables = [...section.matchAll(/(?:^\|.*\|\n)+/gm)].map((match) => match[0].trimEnd().split("\n").slice(2));
  return (tables[number] ?? []).map((row) =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** What stands as code in a cell. */
export function codeIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
}

/** The keys that the tables under some headings tell of: `periode › fra: ja`. */
export function keysToldUnder(text: string, ...headings: readonly string[]): string[] {
  return headings
    .flatMap((heading) => tableUnder(text, heading))
    .map((row) => `${codeIn(row[0] ?? "").join(" › ")}: ${row[1]}`)
    .toSorted();
}

export interface JsonSchema {
  readonly $ref?: string;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly enum?: readonly unknown[];
}

/** Walks the JSON Schema of a file's front matter. */
export class SchemaReader {
  readonly whole: JsonSchema;
  readonly #apart: readonly string[];

  /** `apart` names the keys that have a table of their own. */
  constructor(whole: object, apart: readonly string[]) {
    this.whole = whole;
    this.#apart = apart;
  }

  /** What a key's value is made of, through its list, its alternatives and the names it is sorted under. */
  inside(schema: JsonSchema, key: string): JsonSchema {
    return this.#core(this.#resolved(schema).properties?.[key]);
  }

  /** Every key and whether it is required: `periode › fra: ja`. */
  keysOf(schema: JsonSchema): string[] {
    return this.#keys(schema, []).toSorted();
  }

  #keys(schema: JsonSchema, above: readonly string[]): string[] {
    return Object.keys(schema.properties ?? {}).flatMap((key) => [
      `${[...above, key].join(" › ")}: ${schema.required?.includes(key) ? "ja" : "nej"}`,
      ...(this.#apart.includes(key) ? [] : this.#keys(this.inside(schema, key), [...above, key])),
    ]);
  }

  #resolved(schema: JsonSchema | undefined): JsonSchema {
    if (schema?.$ref) return this.#resolved(this.whole.definitions?.[schema.$ref.split("/").at(-1) ?? ""]);
    return schema?.allOf ? this.#resolved(schema.allOf[0]) : (schema ?? {});
  }

  #core(given: JsonSchema | undefined): JsonSchema {
    const schema = this.#resolved(given);
    const inner =
      schema.items ??
      schema.anyOf?.find((one) => this.#resolved(one).properties) ??
      (schema.properties || typeof schema.additionalProperties !== "object" ? undefined : schema.additionalProperties);
    return inner ? this.#core(inner) : schema;
  }
}

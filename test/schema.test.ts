import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { frontMatterJsonSchema, planSchema } from "../src/plan/schema.ts";

const root = resolve(import.meta.dirname, "..");

interface JsonSchema {
  readonly $ref?: string;
  readonly allOf?: readonly JsonSchema[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly description?: string;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

const schema = frontMatterJsonSchema(planSchema) as JsonSchema;

test("docs/plan.schema.json is what `npm run schema` writes", () => {
  const committed = readFileSync(join(root, "docs/plan.schema.json"), "utf8");
  expect(committed).toBe(`${JSON.stringify(schema, null, 2)}\n`);
});

describe("the schema as an editor uses it", () => {
  test.each(readdirSync(join(root, "plans")).filter((name) => !name.startsWith("_")))("%s is valid", (name) => {
    const text = readFileSync(join(root, "plans", name, "plan.md"), "utf8");
    expect(problems(parse(text.split(/^---$/m)[1] ?? ""), schema)).toEqual([]);
  });

  const sound = parse(`
skabelon: resultatplan-2022
titel: Resultatplan 2022
institution: { navn: Styrelsen for Eksempler }
ministerium: Eksempelministeriet
periode: { fra: 2022-01-01, til: 2022-12-31 }
opgørelse: { metode: binær }
mål: [{ nr: 1.1, titel: Ny vejledning, tæller: false, måltal: { 2022: 5 }, delmål: [{ titel: a, delmål: [{ titel: b }] }] }]
underskrivere: [{ navn: Anne Jensen, stilling: Departementschef }]
`);

  test.each([
    ["a plan as it should be", {}, []],
    ["an unknown key", { farve: "blå" }, ["/farve: not known"]],
    ["a key that is missing", { titel: undefined }, ["/titel: missing"]],
    ["a method that is not one", { opgørelse: { metode: "skøn" } }, ["/opgørelse/metode: not one of them"]],
    ["goals that are not a list", { mål: { nr: 1 } }, ["/mål: not array"]],
    ["no signatories", { underskrivere: [] }, ["/underskrivere: too few"]],
    ["an unknown key of a goal", { mål: [{ nr: 1, titel: "a", maal: "b" }] }, ["/mål/0/maal: not known"]],
    [
      "an unknown key of a group in a group",
      { grupper: [{ nøgle: "a", navn: "A", grupper: [{ nøgle: "b", navn: "B", farve: "blå" }] }] },
      ["/grupper/0/grupper/0/farve: not known"],
    ],
    [
      "a criterion in a criterion that is not known",
      { mål: [{ nr: 1, titel: "a", kriterium: { en_af: [{ højst: 1 }, { højest: 2 }] } }] },
      ["/mål/0/kriterium/en_af/1/højest: not known"],
    ],
  ])("%s", (_name, change, expected) => {
    const plan = Object.fromEntries(Object.entries({ ...sound, ...change }).filter(([, value]) => value !== undefined));
    expect(problems(plan, schema)).toEqual(expected);
  });

  test("every text that editors show says something", () => {
    const goal = schema.properties?.mål?.items;
    expect(schema.properties?.titel?.description).toBe("Dokumentets titel.");
    expect(goal && at(goal).properties?.krav?.description).toContain("Hvor mange delmål");
  });
});

function at(part: JsonSchema): JsonSchema {
  if (part.allOf?.[0]) return at(part.allOf[0]);
  if (part.$ref === undefined) return part;
  if (part.$ref === "#") return schema;
  const definition = schema.definitions?.[part.$ref.replace("#/definitions/", "")];
  if (!definition) throw new Error(`nothing at ${part.$ref}`);
  return definition;
}

/** What JSON Schema (draft 7) finds wrong, as far as our schema uses it. */
function problems(value: unknown, given: JsonSchema, path = ""): string[] {
  const part = at(given);
  const types = [part.type ?? []].flat();
  if (types.length > 0 && !types.includes(typeOf(value))) return [`${path}: not ${types.join(" or ")}`];
  if (part.enum && !part.enum.includes(value)) return [`${path}: not one of them`];
  if (part.pattern && typeof value === "string" && !new RegExp(part.pattern, "u").test(value))
    return [`${path}: not as ${part.pattern}`];
  if (Array.isArray(value)) {
    const few = value.length < (part.minItems ?? 0) ? [`${path}: too few`] : [];
    return [...few, ...value.flatMap((item, index) => problems(item, part.items ?? {}, `${path}/${index}`))];
  }
  if (typeof value !== "object" || value === null) return [];
  const missing = (part.required ?? []).filter((key) => !(key in value)).map((key) => `${path}/${key}: missing`);
  const inside = Object.entries(value).flatMap(([key, inner]) => {
    const known = part.properties?.[key] ?? part.additionalProperties;
    if (known === false) return [`${path}/${key}: not known`];
    return typeof known === "object" ? problems(inner, known, `${path}/${key}`) : [];
  });
  return [...missing, ...inside];
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

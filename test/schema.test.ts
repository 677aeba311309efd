import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { jsonSchemaOf, schemaNames } from "../src/cli/schema.ts";

const root = resolve(import.meta.dirname, "..");

interface JsonSchema {
  readonly $ref?: string;
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly const?: unknown;
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

const schema = jsonSchemaOf("plan") as JsonSchema;
const resultsSchema = jsonSchemaOf("resultater") as JsonSchema;
const paySchema = jsonSchemaOf("resultatloen") as JsonSchema;

test.each(schemaNames)("docs/%s.schema.json is what `npm run schema` writes", (name) => {
  const committed = readFileSync(join(root, `docs/${name}.schema.json`), "utf8");
  expect(committed).toBe(`${JSON.stringify(jsonSchemaOf(name), null, 2)}\n`);
  const scripts = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).scripts;
  expect(scripts.schema).toContain(`schema ${name} > docs/${name}.schema.json`);
});

test("there is no schema of anything else", () => {
  expect(jsonSchemaOf("resultat")).toBeUndefined();
});

describe("the schema as an editor uses it", () => {
  const frontMatter = (path: string) => parse(readFileSync(join(root, "plans", path), "utf8").split(/^---$/m)[1] ?? "");
  const plans = readdirSync(join(root, "plans")).filter((name) => !name.startsWith("_"));
  test.each(plans)("%s is valid", (name) => {
    expect(problems(frontMatter(`${name}/plan.md`), schema)).toEqual([]);
  });

  test.each(plans)("the results of %s are valid", (name) => {
    expect(problems(frontMatter(`${name}/resultater.md`), resultsSchema)).toEqual([]);
  });

  const followUps = plans.flatMap((name) =>
    readdirSync(join(root, "plans", name)).flatMap((file) =>
      file.startsWith("opfoelgning-") ? [`${name}/${file}`] : [],
    ),
  );
  test.each(followUps)("%s is valid", (path) => {
    expect(problems(frontMatter(path), jsonSchemaOf("opfoelgning") as JsonSchema)).toEqual([]);
  });

  test("the pay of 2018 is valid", () => {
    expect(problems(frontMatter("benchmarkingenheden-2018/resultatloen.md"), paySchema)).toEqual([]);
  });

  const result = (goal: object) => ({ mål: { "1.1": goal } });
  test.each<[string, object, string[]]>([
    ["results without goals", {}, ["/mål: missing"]],
    ["one value", result({ resultat: 83.1 }), []],
    ["a value for each part of a criterion", result({ resultat: [5, "2027-06-01"] }), []],
    ["a value that is neither", result({ resultat: { tal: 5 } }), ["/mål/1.1/resultat: none of them"]],
    ["a judgement that is not one", result({ vurdering: "nået" }), ["/mål/1.1/vurdering: not one of them"]],
    [
      "an unknown key of a part of a sub-goal",
      result({ delmål: { a: { delmål: { b: { resultatet: 5 } } } } }),
      ["/mål/1.1/delmål/a/delmål/b/resultatet: not known"],
    ],
    [
      "a section that is no number",
      { ...result({}), årsrapport: { afsnit: "to" } },
      ["/årsrapport/afsnit: not as ^(?:\\d{1,2}(?:\\.\\d{1,2})*|ingen)$"],
    ],
  ])("%s", (_name, results, expected) => {
    expect(problems(results, resultsSchema)).toEqual(expected);
  });

  test.each<[string, unknown, string[]]>([
    ["a ground that is computed", "målopfyldelse", []],
    ["a ground that is judged", { pct: 80 }, []],
    ["a ground that is neither", "efter aftale", ["/grundlag/a: none of them"]],
  ])("%s", (_name, ground, expected) => {
    expect(problems({ modtager: "Bo", grundlag: { a: ground } }, paySchema)).toEqual(expected);
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
  if (part.anyOf) return part.anyOf.some((one) => problems(value, one).length === 0) ? [] : [`${path}: none of them`];
  if (part.const !== undefined && value !== part.const) return [`${path}: not »${part.const}«`];
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

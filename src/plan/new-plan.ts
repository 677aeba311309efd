import { isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap } from "yaml";

/** What a new plan is about. */
export interface NewPlan {
  readonly form: string;
  readonly title: string | undefined;
  readonly institution: string;
  readonly shortName: string | undefined;
  readonly ministry: string;
  readonly years: Years;
  readonly signatories: readonly NewSignatory[];
  /** Positions that must be among those who sign, by the form. */
  readonly positions: readonly string[];
}

/** The first and the last calendar year. */
export interface Years {
  readonly from: number;
  readonly to: number;
}

/** Somebody who is to sign; what is missing is written as a gap. */
export interface NewSignatory {
  readonly name?: string;
  readonly title?: string;
  readonly organisation?: string;
  readonly place?: string;
}

/** Reads »2027« or »2027-2029«; undefined for anything else. */
export function parseYears(text: string): Years | undefined {
  const [, first = "", last = first] = /^((?:19|20|21)\d\d)(?:\s*[-–]\s*((?:19|20|21)\d\d))?$/.exec(text.trim()) ?? [];
  const years = { from: Number(first), to: Number(last) };
  return first !== "" && years.to >= years.from && years.to - years.from < 10 ? years : undefined;
}

/** »2027«, »2027-2029«. */
export function yearsText({ from, to }: Years): string {
  return from === to ? String(from) : `${from}-${to}`;
}

/** Somebody that a starter has a place for. */
export interface StarterSignatory {
  readonly title: string;
  readonly place: string | undefined;
  /** Whether the form needs somebody in that position. */
  readonly required: boolean;
}

/** The places for signatures that a starter has, in a form that needs some positions. */
export function signatoriesOf(starter: string, positions: readonly string[]): StarterSignatory[] {
  return mapsIn(frontMatterOf(starter).document, "underskrivere").map((map) => {
    const place = textIn(map, "sted");
    const title = textIn(map, "stilling") ?? "";
    const required = positions.some((position) => holds(title, position));
    return { title, place: place && !isGap(place) ? place : undefined, required };
  });
}

/** Whether a title is that of a position: »Fungerende departementschef« is. */
function holds(title: string | undefined, position: string): boolean {
  return title?.toLowerCase().includes(position.toLowerCase()) ?? false;
}

/**
 * A starter, a whole `plan.md` with gaps, filled in for one institution and year. Names become YAML by the library that
 * reads it, so that none of them can become anything but the text it is; comments and the body stay as they are.
 */
export function writeNewPlan(starter: string, plan: NewPlan): string {
  const { document, body } = frontMatterOf(starter);
  const set = (path: readonly (string | number)[], value: string) => document.setIn(path, value);
  const years = yearsText(plan.years);
  const old = /^\d{4}/.exec(String(document.getIn(["periode", "fra"])))?.[0] ?? "";
  set(["skabelon"], plan.form);
  set(["titel"], plan.title ?? String(document.getIn(["titel"])).replaceAll(old, years));
  set(["institution", "navn"], plan.institution);
  if (plan.shortName !== undefined) set(["institution", "kort"], plan.shortName);
  set(["ministerium"], plan.ministry);
  set(["periode", "fra"], `${plan.years.from}-01-01`);
  set(["periode", "til"], `${plan.years.to}-12-31`);
  if (plan.years.from !== plan.years.to) repeatFollowUps(document, plan.years);
  const places = signatoriesFor(mapsIn(document, "underskrivere"), plan);
  document.setIn(["underskrivere"], document.createNode(places));
  return `---\n${document.toString({ lineWidth: 0 })}---${body}`;
}

/** Over several years, »14 dage efter 2. kvartal« is a day in each of them: such a follow-up comes once a year. */
function repeatFollowUps(document: FrontMatterDocument, { from, to }: Years): void {
  const rounds = mapsIn(document, "opfølgning").map((map) => ({
    name: textIn(map, "navn"),
    rule: textIn(map, "frist"),
  }));
  const years = Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
  const yearly = rounds.filter(({ rule }) => /(?:kvartal|halvår)$/.test(rule ?? ""));
  const others = rounds.filter((round) => !yearly.includes(round));
  const repeated = years.flatMap((year) =>
    yearly.map(({ name, rule }) => ({ navn: `${name} ${year}`, frist: `${rule} ${year}` })),
  );
  const kept = others.map(({ name, rule }) => ({ navn: name, ...(rule !== undefined && { frist: rule }) }));
  if (repeated.length > 0) document.setIn(["opfølgning"], document.createNode([...repeated, ...kept]));
}

/** Who signs: those that were named, each with what the starter knows of the position, and the starter's own for positions that the form needs and nobody was named for. */
function signatoriesFor(known: readonly YAMLMap[], plan: NewPlan): Record<string, string>[] {
  const named = plan.signatories.length > 0 ? plan.signatories : known.map((map) => given(textIn(map, "stilling")));
  const vacant = plan.positions.filter((position) => !named.some((one) => holds(one.title, position)));
  const missing = known.filter((map) => vacant.some((position) => holds(textIn(map, "stilling"), position)));
  return [...named, ...missing.map((map) => given(textIn(map, "stilling")))].map((one) => {
    const title = one.title ?? "(UDFYLD stilling)";
    const like = known.find((map) => textIn(map, "stilling")?.toLowerCase() === title.toLowerCase());
    return {
      navn:
        one.name ?? (like && textIn(like, "navn")) ?? `(UDFYLD navn på ${one.title?.toLowerCase() ?? "underskriver"})`,
      stilling: title,
      organisation: one.organisation ?? (isHead(title) ? plan.ministry : plan.institution),
      sted: one.place ?? (like && textIn(like, "sted")) ?? "(UDFYLD by)",
    };
  });
}

function given(title: string | undefined): NewSignatory {
  return title === undefined ? {} : { title };
}

/** The ministry's side of the agreement. */
function isHead(title: string): boolean {
  return title.toLowerCase().includes("departementschef");
}

function isGap(text: string): boolean {
  return text.startsWith("(UDFYLD");
}

function frontMatterOf(starter: string) {
  const [, written = "", body = ""] = /^---\r?\n([\s\S]*?\n)---(?=\r?\n)([\s\S]*)$/.exec(starter) ?? [];
  return { document: parseDocument(written, { schema: "failsafe" }), body };
}

type FrontMatterDocument = ReturnType<typeof parseDocument>;

function mapsIn(document: FrontMatterDocument, key: string): YAMLMap[] {
  const list = document.get(key);
  return isSeq(list) ? list.items.filter((item) => isMap(item)) : [];
}

function textIn(map: YAMLMap, key: string): string | undefined {
  const pair = map.items.find((one: Pair) => isScalar(one.key) && one.key.value === key);
  return isScalar(pair?.value) ? String(pair.value.value) : undefined;
}

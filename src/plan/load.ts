import { basename, dirname } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Checked, checked, type Diagnostic, inReadingOrder } from "../core/diagnostic.ts";
import { Failure } from "../core/failure.ts";
import { readBytes } from "../core/files.ts";
import type { SourceBytes } from "../core/identity.ts";
import { pictureSources } from "../core/picture-source.ts";
import { decodeSource } from "../core/reading.ts";
import type { Source, Span } from "../core/source.ts";
import { parseBody } from "./body.ts";
import { type FrontMatter, readFrontMatter } from "./front-matter.ts";
import { readImages } from "./images.ts";
import { passageOf } from "./passage.ts";
import type { Plan } from "./plan.ts";
import type { ImageUse } from "./prose.ts";
import type { StandIns } from "./repair.ts";
import { type ResolvedPlan, resolvePlan } from "./resolve.ts";
import { rules } from "./rules/all.ts";
import { planSchema } from "./schema.ts";
import { readWritten } from "./written.ts";

/** A plan and the pictures that its text shows, by the names they have there. */
export interface LoadedPlan {
  readonly plan: Plan;
  readonly images: ReadonlyMap<string, Uint8Array>;
  /** The plan's file, byte by byte. */
  readonly bytes: Uint8Array;
  /** The files of the earlier plans whose results it shows (`historik`), by the names that they go by in a document. */
  readonly earlier: readonly SourceBytes[];
}

/** What `planSources` asks of a plan. */
export type PlanFiles = Pick<LoadedPlan, "bytes" | "earlier" | "images">;

/** What a plan's own document is made from: its text, the files that it fetches numbers from, and the pictures that it shows. */
export function planSources({ bytes, earlier, images }: PlanFiles): SourceBytes[] {
  return [{ name: "plan.md", bytes }, ...earlier, ...pictureSources(images)];
}

/**
 * Reads `plan.md` and says everything there is to say about it at once. The plan's id is its folder's name.
 * A missing file is a `Failure`; whatever the file holds is a matter for diagnostics.
 */
export async function loadPlan(path: string): Promise<Checked<LoadedPlan>> {
  const bytes = await readBytes(path);
  if (!bytes) throw new Failure("plan", "plan-mangler", `Filen ${path} findes ikke.`);
  const decoded = decodeSource(path, bytes);
  const source = decoded.value ?? decoded.stained;
  if (!source) return checked<LoadedPlan>(undefined, decoded.diagnostics);
  const parts = readFrontMatter(source);
  // Reading takes so long that whoever else is waiting, such as the browser, has a turn in between.
  await nextTurn();
  const { value, diagnostics, images } = parsedPlan(basename(dirname(path)), parts);
  const { files, problems } = await readImages(dirname(path), images);
  return checked(
    value && { plan: value, images: files, bytes, earlier: [] },
    inReadingOrder([...decoded.diagnostics, ...besides(diagnostics, decoded.diagnostics), ...problems]),
  );
}

/** What is said of other lines than those with something invisible: what a word with it is taken for follows from it. */
function besides(said: readonly Diagnostic[], unseen: readonly Diagnostic[]): readonly Diagnostic[] {
  if (unseen.length === 0) return said;
  const lineAt = ({ source }: Span, offset: number) => source.place(offset).line;
  const stained = unseen.map(({ span }) => lineAt(span, span.start));
  return said.filter(({ span }) => {
    const [first, last] = [lineAt(span, span.start), lineAt(span, span.end)];
    return !stained.some((line) => line >= first && line <= last);
  });
}

/** A plan with errors, as far as it can be read: not to be rendered, but there may be more to say of it. */
export interface FaultyPlan {
  readonly plan: Plan;
  /** The keys whose values are missing, wrong, or written under another name: what the plan says of them is not what is meant. */
  readonly unsure: ReadonlySet<string>;
}

/** Reads a plan that `loadPlan` has found errors in once more; undefined where too little can be read. */
export async function readFaultyPlan(path: string): Promise<FaultyPlan | undefined> {
  const { value, stained } = decodeSource(path, (await readBytes(path)) ?? new Uint8Array());
  const source = value ?? stained;
  return source && parsePlan(basename(dirname(path)), source).read;
}

/** What may be wrong in a plan without a word of what was agreed on its goals and their measuring being unsure. */
// biome-ignore format: a line for each kind
const besidesGoals: ReadonlySet<string> = new Set([
  "skabelon", "titel", "institution", "navn", "kort", "cvr", "ministerium", "sagsnummer", "tilstand", "historik", "råd", "strategi",
  "underskrivere", "stilling", "organisation", "sted", "dato", "datolinje", "segl",
  "overskrift", "rammeoverskrift", "målepunkt", "bemærkninger", "anmærkning", "kilde", "ansvarlig",
]);

/**
 * The plan that results can be held against although it has errors; undefined where these, or the history that is not fetched
 * for it, may be what the results stumble over.
 */
export function agreedIn({ plan, unsure }: FaultyPlan): Plan | undefined {
  return !plan.history && [...unsure].every((key) => besidesGoals.has(key)) ? plan : undefined;
}

/** A plan as far as its own file tells, and the pictures that its texts ask for, whether or not it has errors. */
export interface ParsedPlan extends Checked<Plan> {
  readonly images: readonly ImageUse[];
  readonly read: FaultyPlan | undefined;
}

/** Reads a plan's text: front matter, schema, body and rules. Does not look at other files. */
export function parsePlan(id: string, source: Source): ParsedPlan {
  return parsedPlan(id, readFrontMatter(source));
}

function parsedPlan(id: string, parts: ReturnType<typeof readFrontMatter>): ParsedPlan {
  const front = parts.value && readPlan(id, parts.value);
  // Blocks name goals: where goals are faulty, only the blocks' form can be checked.
  const named = front && !["mål", "grupper", "nøgle", "nr"].some((key) => front.faulty.has(key));
  const text = parts.body && parseBody(passageOf(parts.body), named ? front.plan : undefined);
  const plan = front?.plan && text && { ...front.plan, body: text.body };
  return {
    ...checked(
      plan,
      inReadingOrder([
        ...parts.diagnostics,
        ...(front?.diagnostics ?? []),
        ...(text?.diagnostics ?? []),
        ...(plan ? checkRules(plan, front.faulty) : []),
      ]),
    ),
    images: [...(front?.images ?? []), ...(text?.body.images ?? [])],
    read: plan && { plan, unsure: new Set([...front.faulty, ...front.diagnostics.flatMap(keysMeant)]) },
  };
}

/** The keys that an unknown one is taken for. */
function keysMeant({ code, hint = "" }: Diagnostic): string[] {
  return code === "ukendt-nøgle" ? [...hint.matchAll(/»([^«]+)«/g)].map(([, key = ""]) => key) : [];
}

/** What front matter says, as far as it can be read. */
interface ReadPlan extends Partial<ResolvedPlan> {
  readonly diagnostics: readonly Diagnostic[];
  /** The keys whose values are missing or wrong: what stands in for them says nothing about the plan. */
  readonly faulty: ReadonlySet<string>;
}

/** What stands in for what is missing, so that the plan's rules still run. */
const standIns: StandIns = {
  institution: { navn: "?" },
  periode: { fra: "2000-01-01", til: "2000-12-31" },
  fra: "2000-01-01",
  til: "2000-12-31",
  opgørelse: { metode: "manuel" },
  metode: "manuel",
  underskrivere: [{ navn: "?", stilling: "?" }],
  nøgle: "?",
  slået_fra: ["?"],
  mindst: "1",
  antal: "1",
  pct: "1",
  kriterier: [{ mindst: "1" }, { mindst: "1" }],
};

function readPlan(id: string, front: FrontMatter): ReadPlan {
  const written = readWritten(planSchema, standIns, front);
  const resolved = written.data && resolvePlan(id, written.data, front);
  return {
    ...resolved,
    diagnostics: [...written.diagnostics, ...(resolved?.diagnostics ?? [])],
    faulty: written.faulty,
  };
}

/** Holds a plan against every rule that builds on sound keys only. */
function checkRules(plan: Plan, faulty: ReadonlySet<string>): Diagnostic[] {
  return rules.filter((rule) => !rule.needs.some((key) => faulty.has(key))).flatMap((rule) => rule.check(plan));
}

import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { Failure } from "../core/failure.ts";
import { filesUnder, readBytes, subfolders } from "../core/files.ts";
import { type Asset, FORM_ORIGIN } from "../core/states.ts";
import { type FormFonts, fontsIn } from "./fonts.ts";

/** What the forms have in common: partials and styles that every form may use, and override. */
export const COMMON = "_faelles";

/** The file that a new plan is begun from. */
const STARTER = "ny-plan.md";

/** The parts of a goal that a form can require, show, or use without showing. */
const goalFields = [
  "overskrift",
  "fortælling",
  "mål",
  "målepunkt",
  "bemærkninger",
  "rammeoverskrift",
  "vægt",
  "point",
  "skala",
  "frist",
  "ansvarlig",
  "strategi",
  "delmål",
  "milepæle",
  "krav",
  "tabel",
  "anmærkning",
  "kilde",
] as const;

/** A part of a goal, by its Danish name. */
export type GoalField = (typeof goalFields)[number];

const description = z.strictObject({
  navn: z.string(),
  kræver: z
    .strictObject({
      mål: z.array(z.enum(goalFields)).default([]),
      underskriver: z.array(z.enum(["organisation", "sted"])).default([]),
      stillinger: z.array(z.string()).default([]),
    })
    .prefault({}),
  viser: z.array(z.enum(goalFields)),
  kun_data: z.array(z.enum(goalFields)).default([]),
  farve: z.string().regex(/^#[0-9a-f]{6}$/, { error: "skal være en farve som #0f4c5c" }),
});

/** A ministry's form: what it needs of a plan, its Handlebars pages and partials, its styles and fonts. */
export interface Form {
  readonly name: string;
  /** The form's name for people. */
  readonly title: string;
  readonly needs: {
    readonly goal: readonly GoalField[];
    readonly signatory: readonly ("organisation" | "sted")[];
    readonly positions: readonly string[];
  };
  /** The goal fields that the form prints. */
  readonly shows: readonly GoalField[];
  /** The goal fields that are for calculation only, and that the form's ministry does not print. */
  readonly dataOnly: readonly GoalField[];
  /** The colour of what the program draws in the form's style, as CSS has it: `#0f4c5c`. */
  readonly color: string;
  readonly pages: ReadonlyMap<string, TemplateFile>;
  readonly partials: ReadonlyMap<string, TemplateFile>;
  /** What a new plan in this form begins as: a whole plan with gaps. */
  readonly starter: TemplateFile | undefined;
  /** Address to content, of everything that a page may ask for. */
  readonly assets: ReadonlyMap<string, Asset>;
  readonly fonts: FormFonts;
}

export interface TemplateFile {
  readonly path: string;
  readonly text: string;
}

const contentTypes: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  woff2: "font/woff2",
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
};

/** The kind of content that a file's name tells, where it is one that a page may ask for. */
export function contentTypeOf(path: string): string | undefined {
  return contentTypes[path.toLowerCase().split(".").at(-1) ?? ""];
}

/** The names of the forms in a templates folder. */
export async function formNames(templates: string): Promise<string[]> {
  return (await subfolders(templates)).filter((name) => !name.startsWith("_") && !name.startsWith("."));
}

/** Reads a form with what the forms have in common. Faults in it are failures: they are the form maker's to mend. */
export async function readForm(templates: string, name: string): Promise<Form> {
  const [common, own] = await Promise.all([readFolder(templates, COMMON), readFolder(templates, name)]);
  const about = readDescription(join(templates, name, "skabelon.yaml"), own.texts.get("skabelon.yaml"));
  const partials = new Map([...named(common.texts, "dele/"), ...named(own.texts, "dele/")]);
  const assets = new Map([...common.assets, ...own.assets]);
  const pages = new Map([...named(common.texts, ""), ...named(own.texts, "")].filter(([page]) => !page.includes("/")));
  return {
    name,
    title: about.navn,
    starter: own.texts.get(STARTER) ?? common.texts.get(STARTER),
    needs: { goal: about.kræver.mål, signatory: about.kræver.underskriver, positions: about.kræver.stillinger },
    shows: about.viser,
    dataOnly: about.kun_data,
    color: about.farve,
    pages,
    partials,
    assets,
    fonts: fontsIn(assets.values()),
  };
}

function named(texts: ReadonlyMap<string, TemplateFile>, prefix: string): Map<string, TemplateFile> {
  const found = [...texts].filter(([path]) => path.startsWith(prefix) && path.endsWith(".hbs"));
  return new Map(found.map(([path, file]) => [path.slice(prefix.length, -".hbs".length), file]));
}

async function readFolder(
  templates: string,
  name: string,
): Promise<{ texts: Map<string, TemplateFile>; assets: Map<string, Asset> }> {
  const folder = join(templates, name);
  const texts = new Map<string, TemplateFile>();
  const assets = new Map<string, Asset>();
  const files = await Promise.all(
    (await filesUnder(folder)).map(async (path) => ({ path, bytes: await readBytes(join(folder, path)) })),
  );
  for (const { path, bytes = new Uint8Array() } of files) {
    const contentType = contentTypeOf(path);
    if (contentType) assets.set(new URL(`${name}/${path}`, FORM_ORIGIN).href, { contentType, bytes });
    else texts.set(path, { path: join(folder, path), text: new TextDecoder().decode(bytes) });
  }
  return { texts, assets };
}

function readDescription(path: string, file: TemplateFile | undefined): z.infer<typeof description> {
  if (!file) throw new Failure("template", "skabelon-uden-beskrivelse", `Skabelonen mangler filen ${path}.`);
  try {
    return description.parse(parse(file.text));
  } catch (cause) {
    const details =
      cause instanceof z.ZodError
        ? cause.issues.map((issue) => `${issue.path.join(".") || "filen"}: ${issue.message}`).join("; ")
        : String(cause instanceof Error ? cause.message : cause);
    throw new Failure("template", "skabelon-beskrivelse", `${path} kan ikke bruges. ${details}`, { cause });
  }
}

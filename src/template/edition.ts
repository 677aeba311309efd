import { join } from "node:path";
import { parse } from "yaml";
import * as z from "zod";
import { type Checked, checked, type Diagnostic, error } from "../core/diagnostic.ts";
import { Failure } from "../core/failure.ts";
import { filesUnder, readBytes } from "../core/files.ts";
import type { Span } from "../core/source.ts";
import { didYouMean } from "../core/suggest.ts";
import type { ReportSettings } from "../results/results.ts";

/** The folder of the editions, beside the forms. */
const EDITIONS = "_aarsrapport";

const headings = z.strictObject({ overskrift: z.string(), del_1: z.string(), del_2: z.string() });

const description = z.strictObject({
  afsnit: z.string(),
  ordlyd: z.string(),
  kolonner: z.strictObject({
    nr: z.string(),
    mål: z.string(),
    succeskriterium: z.string(),
    resultat: z.string(),
    grad: z.string(),
  }),
  tabel: z.string(),
  ordlyde: z.record(z.string(), headings),
});

/**
 * How the årsrapporter of some years word and number their målrapportering. Økonomistyrelsen issues its guidance anew
 * each December, so that each edition is a file, named by the first report year it is for.
 */
export type Edition = z.infer<typeof description> & { readonly from: number };

/** The words around a målrapportering: those of its edition, with what the results file has of its own. */
export interface ReportWords {
  readonly heading: string;
  readonly part1: string;
  readonly part2: string;
  readonly columns: Edition["kolonner"];
  readonly table: string;
}

/** Reads all editions, the oldest first. Faults in them are failures: they are the form maker's to mend. */
export async function readEditions(templates: string): Promise<Edition[]> {
  const folder = join(templates, EDITIONS);
  const files = (await filesUnder(folder)).filter((path) => /^\d{4}\.yaml$/.test(path));
  return await Promise.all(files.map((path) => readEdition(join(folder, path), Number(path.slice(0, 4)))));
}

async function readEdition(path: string, from: number): Promise<Edition> {
  try {
    return { ...description.parse(parse(new TextDecoder().decode(await readBytes(path)))), from };
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("template", "udgave", `${path} kan ikke bruges. ${message}`, { cause });
  }
}

/** The words for a report: of the edition that is asked for, or the latest that is for its year. */
export function reportWords(settings: ReportSettings, at: Span, editions: readonly Edition[]): Checked<ReportWords> {
  const wanted = settings.edition?.year ?? settings.year;
  const edition = settings.edition
    ? editions.find(({ from }) => from === wanted)
    : editions.findLast(({ from }) => from <= wanted);
  if (!edition) return checked<ReportWords>(undefined, [noEdition(settings, at, editions)]);
  const name = settings.preset?.name ?? edition.ordlyd;
  const chosen = edition.ordlyde[name];
  if (!chosen) {
    const known = Object.keys(edition.ordlyde);
    const span = settings.preset?.span ?? at;
    const problem = error("ukendt-ordlyd", span, `Ordlyden »${name}« findes ikke.`, didYouMean(name, known));
    return checked<ReportWords>(undefined, [problem]);
  }
  const section = settings.section ?? edition.afsnit;
  return checked(
    {
      heading: settings.headings.section ?? numbered(chosen.overskrift, section),
      part1: settings.headings.part1 ?? numbered(chosen.del_1, section),
      part2: settings.headings.part2 ?? numbered(chosen.del_2, section),
      columns: edition.kolonner,
      table: edition.tabel,
    },
    [],
  );
}

/** Puts the section's number in: »{afsnit}«, and »{afsnit.1}« for the first section under it. */
function numbered(heading: string, section: string): string {
  return heading
    .replace(/\{afsnit(\.\d)?\}/, (_all, sub: string | undefined) => (section === "" ? "" : `${section}${sub ?? ""}`))
    .trim();
}

function noEdition(settings: ReportSettings, at: Span, editions: readonly Edition[]): Diagnostic {
  const known = editions.map(({ from }) => String(from));
  if (settings.edition) {
    const { year, span } = settings.edition;
    return error("ukendt-udgave", span, `Der er ingen udgave fra ${year}.`, didYouMean(String(year), known));
  }
  return error(
    "ukendt-udgave",
    at,
    `Der er ingen udgave for årsrapporter for ${settings.year}.`,
    `Skriv udgave: under årsrapport:. Der er ${known.join(", ")}.`,
  );
}

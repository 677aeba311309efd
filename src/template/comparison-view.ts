import type Handlebars from "handlebars";
import type { PartDifference } from "../compare/compare.ts";
import { differenceHtml } from "./difference-html.ts";
import { inWords } from "./field-words.ts";
import type { DocumentView } from "./view.ts";

/** What the templates of a comparison see. */
export interface ComparisonView {
  readonly dokumenttitel: string;
  readonly plantitel: string;
  readonly institution: { readonly navn: string; readonly kort: string };
  readonly dokument: DocumentView;
  /** The form's colour, as CSS has it. */
  readonly farve: string;
  readonly før: VersionView;
  readonly nu: VersionView;
  /** How much differs, in a sentence. */
  readonly sammenfatning: string;
  readonly dele: readonly PartView[];
}

/** One of the two plans. */
export interface VersionView {
  readonly navn: string;
  readonly titel: string;
  readonly dokument_id: string;
}

/** A part of the plan that is not as it was. */
export interface PartView {
  readonly navn: string;
  /** What it was called before, where that is another name. */
  readonly før: string | null;
  /** »ændret«, »tilføjet«, »slettet«, »flyttet«, »ændret og flyttet«. */
  readonly tilstand: string;
  readonly felter: readonly { readonly navn: string; readonly tekst: Handlebars.SafeString }[];
}

/** The parts as the templates print them. */
export function partViews(parts: readonly PartDifference[]): PartView[] {
  return parts.map((part) => ({
    navn: part.name.replace(/\s+/g, " "),
    før: part.was?.replace(/\s+/g, " ") ?? null,
    tilstand: stateOf(part),
    felter: part.fields.map((field) => ({ navn: inWords(field.label), tekst: differenceHtml(field) })),
  }));
}

function stateOf({ kind, moved, fields }: PartDifference): string {
  if (kind === "added") return "tilføjet";
  if (kind === "removed") return "slettet";
  if (!moved) return "ændret";
  return fields.length === 0 ? "flyttet" : "ændret og flyttet";
}

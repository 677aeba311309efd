/** The sheet that a follow-up is sent in: its name and columns. The names are part of the interface with whoever takes it in. */

export const SHEET = "Status";
export const ABOUT_SHEET = "Om";

/** A column, by what it holds. */
export type ColumnKey =
  | "goal"
  | "kind"
  | "part"
  | "title"
  | "status"
  | "soFar"
  | "unit"
  | "target"
  | "date"
  | "expectation"
  | "comment"
  | "forecast"
  | "institution"
  | "plan"
  | "round";

/** A column's heading, its width in characters, and whether people fill it in, in some rows at least. */
export interface Column {
  readonly key: ColumnKey;
  readonly heading: string;
  readonly width: number;
  readonly input: boolean;
}

const column = (key: ColumnKey, heading: string, width: number, input = false): Column => ({
  key,
  heading,
  width,
  input,
});

export const columns: readonly Column[] = [
  column("goal", "Mål", 14),
  column("kind", "Art", 15),
  column("part", "Del", 18),
  column("title", "Titel", 38),
  column("status", "Status", 22, true),
  column("soFar", "Tal indtil nu", 14, true),
  column("unit", "Enhed", 11),
  column("target", "Krav", 24),
  column("date", "Dato", 12, true),
  column("expectation", "Forventning", 48, true),
  column("comment", "Kommentar", 48, true),
  column("forecast", "Prognose", 48),
  column("institution", "Institution", 28),
  column("plan", "Plan", 28),
  column("round", "Runde", 14),
];

/** What a row is about. */
export type RowKind = "goal" | "part" | "milestone" | "demand" | "reference" | "earlier";

/** The same as the sheet writes it. */
export const kindWords: Readonly<Record<RowKind, string>> = {
  goal: "Mål",
  part: "Delmål",
  milestone: "Milepæl",
  demand: "Krav",
  reference: "Sammenligning",
  earlier: "Tidligere år",
};

const told: readonly ColumnKey[] = ["status", "date", "expectation", "comment"];

/** The columns that people fill in, as far as each kind of row has them; its other cells are not written in. */
export const inputsOf: Readonly<Record<RowKind, readonly ColumnKey[]>> = {
  goal: [...told, "soFar"],
  part: [...told, "soFar"],
  milestone: told,
  demand: ["soFar"],
  reference: ["soFar"],
  earlier: ["soFar"],
};

/** The labels of the other sheet, which tells what the first one is. */
export const aboutLabels = {
  plan: "Plan",
  round: "Runde",
  title: "Titel",
  asOf: "Opgjort",
  institution: "Institution",
  ministry: "Ministerium",
  example: "Eksempel",
} as const;

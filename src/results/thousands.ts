import { type Decimal, readDecimal, type WrittenDecimal, wholeNumber } from "../core/decimal.ts";
import { type Diagnostic, warning } from "../core/diagnostic.ts";
import type { Span } from "../core/source.ts";
import { measuredParts } from "../plan/criteria.ts";
import type { FrontMatter, Path } from "../plan/front-matter.ts";
import type { Measure } from "../plan/plan.ts";
import { readTarget } from "../plan/target.ts";
import { isPercent, numberAndUnit } from "../plan/units.ts";
import type { WrittenPartResult } from "./schema.ts";

/** So many times the other numbers of its measure, a number is hardly meant. */
const IMPLAUSIBLE = wholeNumber(100);

/** A number of a result where it is written, without its unit. */
interface Entry {
  readonly text: string;
  readonly read: WrittenDecimal;
  readonly span: Span;
}

/**
 * Warns of `85.500` where it is read as a large number, by the Danish rule that a point parts thousands, and that number
 * is unlikely: in per cent, or beside numbers of quite another size. Whoever writes decimals with a point sees it then.
 */
export function doubtfulThousands(
  written: WrittenPartResult,
  { measure, unit }: { readonly measure: Measure; readonly unit: string | undefined },
  front: FrontMatter,
  path: Path,
  resultKey: string,
): Diagnostic[] {
  const entries = entriesOf(written, measure, front, path, resultKey);
  const percent = unit !== undefined && isPercent(unit);
  const greatest = greatestOf([...plannedNumbers(measure), ...certain(entries)]);
  return entries.flatMap(({ text, read, span }) => {
    const { value, withDecimalPoint } = read;
    if (!withDecimalPoint) return [];
    const most = greatest?.mul(IMPLAUSIBLE);
    const unlikely = most && value.abs().compare(most) >= 0 && withDecimalPoint.abs().compare(most) < 0;
    if (!percent && !unlikely) return [];
    const plain = text.replace(".", "");
    return [
      warning(
        "tusinder-eller-decimaler",
        span,
        `»${text}« læses som ${plain}: punktummet står mellem tusinder.`,
        `Skriv "${text.replace(".", ",")}", hvis det er et decimaltal, og ${plain}, hvis tallet er så stort.`,
      ),
    ];
  });
}

/** The numbers of a result; a count is left out, for it has no decimals. */
function entriesOf(
  { resultat, tidligere, referencer }: WrittenPartResult,
  { criterion }: Measure,
  front: FrontMatter,
  path: Path,
  resultKey: string,
): Entry[] {
  const entry = (text: string, at: Path): Entry[] => {
    const read = readDecimal(text);
    return read ? [{ text: text.trim(), read, span: front.spanOf([...path, ...at]) }] : [];
  };
  const counts = criterion !== undefined && measuredParts(criterion).some((part) => part.kind === "countAtLeast");
  const results = resultat === undefined || counts ? [] : [resultat].flat();
  return [
    ...results.flatMap((value, index) =>
      entry(numberAndUnit(value)?.number ?? "", [resultKey, ...(Array.isArray(resultat) ? [index] : [])]),
    ),
    ...Object.entries(tidligere ?? {}).flatMap(([year, text]) => entry(text, ["tidligere", year])),
    ...Object.entries(referencer ?? {}).flatMap(([name, text]) => entry(text, ["referencer", name])),
  ];
}

function certain(entries: readonly Entry[]): Decimal[] {
  return entries.flatMap(({ read }) => (read.withDecimalPoint ? [] : [read.value]));
}

/** The numbers that the plan holds of a measure: its limits, and its targets and results of other years. */
function plannedNumbers(measure: Measure): Decimal[] {
  const { criterion, rows } = measure;
  const parts = criterion ? measuredParts(criterion) : [];
  return [
    ...parts.flatMap((part) => ("limit" in part ? [part.limit] : [])),
    ...rows.flatMap((row) => row.cells.flatMap((cell) => readTarget(cell.text, measure)?.value ?? [])),
  ];
}

/** The greatest of numbers, whatever their signs; undefined where there is none but 0. */
function greatestOf(numbers: readonly Decimal[]): Decimal | undefined {
  const sizes = numbers.map((number) => number.abs()).filter((size) => size.compare(0) > 0);
  return sizes.sort((a, b) => b.compare(a))[0];
}

import { longDate } from "../core/danish.ts";
import { compareDates } from "../core/date.ts";
import { type Diagnostic, error } from "../core/diagnostic.ts";
import type { FrontMatter, Path } from "../plan/front-matter.ts";
import type { Goal, SubGoal } from "../plan/plan.ts";
import { optionalDay } from "../plan/written-values.ts";
import type { MeasuredKey } from "./actuals.ts";
import type { Actual } from "./results.ts";
import type { WrittenPartResult } from "./schema.ts";

/** What was measured and does not belong where it is written, or contradicts the day beside it: both would be printed. */
export function misplaced(
  of: Goal | SubGoal,
  written: WrittenPartResult,
  actuals: readonly Actual[],
  front: FrontMatter,
  path: Path,
  { key }: MeasuredKey,
): Diagnostic[] {
  return [...partsNumber(of, written, front, path, key), ...twoDays(written, actuals, front, path, key)];
}

/** What has no measure of its own, but parts that do, is measured by them. */
function partsNumber(
  { measure, subGoals }: Goal | SubGoal,
  { resultat }: WrittenPartResult,
  front: FrontMatter,
  path: Path,
  key: string,
): Diagnostic[] {
  if (resultat === undefined || measure.criterion || measure.rows.length > 0 || !subGoals.some(isMeasured)) return [];
  return [
    error(
      "resultat-ved-delmål",
      front.keySpan([...path, key]),
      "Her måles delmålene, så tallet hører ikke til her.",
      `Skriv ${key}: ved hvert delmål under delmål:, og slet linjen.`,
    ),
  ];
}

function isMeasured({ measure, subGoals }: SubGoal): boolean {
  return measure.criterion !== undefined || measure.rows.length > 0 || subGoals.some(isMeasured);
}

/** A measured day is the day that it was reached. */
function twoDays(
  { dato }: WrittenPartResult,
  [actual, ...others]: readonly Actual[],
  front: FrontMatter,
  path: Path,
  key: string,
): Diagnostic[] {
  const date = optionalDay(dato);
  if (!date || !actual || actual.kind === "number" || others.length > 0) return [];
  if (actual.kind === "day" && compareDates(actual.date, date) === 0) return [];
  const measured = actual.kind === "day" ? `den ${longDate(actual.date)}` : "ikke sket";
  return [
    error(
      "dato-modsagt",
      front.spanOf([...path, "dato"]),
      `Datoen er den ${longDate(date)}, men »${key}« er ${measured}.`,
      "Ret det, der er forkert, eller slet dato:.",
    ),
  ];
}

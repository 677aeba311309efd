import { addYears } from "../core/calendar.ts";
import { longDate } from "../core/danish.ts";
import { compareDates, type LocalDate } from "../core/date.ts";
import { type Diagnostic, warning } from "../core/diagnostic.ts";
import type { Span } from "../core/source.ts";
import type { Period } from "../plan/plan.ts";
import type { Result } from "./results.ts";

/**
 * Days on which something is told to have been reached, in a result or its parts, that are hardly right: before the plan
 * begins, or more than a year after it ends. Something may well be reached late; the wrong year is likelier than so late.
 */
export function strayDays(period: Period, result: Result): Diagnostic[] {
  const last = addYears(period.to, 1);
  const isStray = (date: LocalDate) => compareDates(date, period.from) < 0 || compareDates(date, last) > 0;
  return [
    ...daysOf(result)
      .filter(({ date }) => isStray(date))
      .map(({ date, span }) =>
        warning(
          "dato-uden-for-perioden",
          span,
          `Datoen er den ${longDate(date)}, men planen gælder fra ${longDate(period.from)} til ${longDate(period.to)}.`,
          "Se efter, om årstallet er rigtigt.",
        ),
      ),
    ...[...result.parts.values(), ...result.milestones.values()].flatMap((part) => strayDays(period, part)),
  ];
}

function daysOf({ date, actuals, span, places }: Result): { date: LocalDate; span: Span }[] {
  return [
    ...(date ? [{ date, span: places.date ?? span }] : []),
    ...actuals.flatMap((actual) => (actual.kind === "day" ? [actual] : [])),
  ];
}

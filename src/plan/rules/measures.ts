import { listed } from "../../core/danish.ts";
import { compareDates, isoDate } from "../../core/date.ts";
import { decimalText } from "../../core/decimal.ts";
import { type Diagnostic, error, warning } from "../../core/diagnostic.ts";
import { measuredParts } from "../criteria.ts";
import { goalsOf, type Measure, type Plan, subGoalsOf } from "../plan.ts";
import { type LimitKind, readTarget, readTargetDay, type WrittenTarget, withoutWords } from "../target.ts";
import type { Rule } from "./rule.ts";

/**
 * How a limit is written as a criterion, and the ways in which a target says the same; with no words in front, it says all of
 * them. A deviation of »højst 1,0« is one upwards or downwards.
 */
const limits: Record<LimitKind, { readonly key: string; readonly ways: readonly WrittenTarget["kind"][] }> = {
  tolerance: { key: "afvigelse_højst", ways: [undefined, "tolerance", "atMost"] },
  atMost: { key: "højst", ways: [undefined, "atMost"] },
  atLeast: { key: "mindst", ways: [undefined, "atLeast"] },
  countAtLeast: { key: "antal_mindst", ways: [undefined, "atLeast"] },
};

/**
 * The target that is printed for the last year and the criterion, which is not printed, ask for the same: results are judged
 * by the criterion, and whoever reads them by the target.
 */
export const targetsAgree: Rule = {
  code: "måltal-kriterium",
  needs: ["kriterium", "senest", "måltal", "periode", "til"],
  check: (plan) => measuresIn(plan).flatMap((measure) => disagreements(measure, plan.period.to.year)),
};

function disagreements(measure: Measure, year: number): Diagnostic[] {
  const demand = demandOf(measure);
  if (!demand) return [];
  return measure.rows
    .filter((row) => row.kind === "target")
    .flatMap((row) => row.cells.filter((cell) => cell.year === year))
    .filter(({ text }) => demand.isDenied(text))
    .map(({ text, span }) =>
      error(
        targetsAgree.code,
        span,
        `Måltallet for ${year} er »${text}«, men kriteriet, som målet gøres op efter, er ${demand.written}.`,
        "Ret det af dem, der er forkert.",
      ),
    );
}

/**
 * A criterion as the plan has it, and whether a target says something else; undefined where a cell may have a number that is
 * not in the criterion. Of one with several limits, a target has one at least.
 */
function demandOf(measure: Measure): { written: string; isDenied(text: string): boolean } | undefined {
  const { criterion } = measure;
  if (criterion?.kind === "by") {
    const { deadline } = criterion;
    const isDenied = (text: string) => compareDates(readTargetDay(text) ?? deadline, deadline) !== 0;
    return { written: `senest: ${isoDate(deadline)}`, isDenied };
  }
  const parts = criterion ? measuredParts(criterion) : [];
  const demanded = parts.flatMap((part) => ("limit" in part ? [{ ...limits[part.kind], limit: part.limit }] : []));
  if (demanded.length === 0 || demanded.length < parts.length) return undefined;
  const isDenied = (text: string) => {
    const target = readTarget(text, measure);
    return (
      target !== undefined &&
      !demanded.some(({ limit, ways }) => target.value.equals(limit) && ways.includes(target.kind))
    );
  };
  return {
    written: listed(
      demanded.map(({ key, limit }) => `${key}: ${decimalText(limit)}`),
      criterion?.kind === "atLeastOf" && criterion.count === 1 ? "eller" : "og",
    ),
    isDenied,
  };
}

/** A number with a point for its decimals: »80.5«, »1234.567«; not »1.500«, and not a date. */
const pointedDecimals = /^[+\-−]?(\d+\.(?!\d{3}(?!\d))\d+|\d{4,}\.\d+)(?![\d.,])/u;

/**
 * Cells are printed as they are written, and Danish has a comma there. Only what a cell begins with is surely its number:
 * »kl. 8.30« has a point, and so has »85 pct. pr. 31.12«; where a day decides, »31.12« is one.
 */
export const decimalsHaveCommas: Rule = {
  code: "decimalpunktum",
  needs: ["måltal", "resultat"],
  check: (plan) =>
    measuresIn(plan)
      .flatMap(({ criterion, rows }) => (criterion?.kind === "by" ? [] : rows.flatMap((row) => row.cells)))
      .flatMap(({ text, span }) => {
        const number = pointedDecimals.exec(withoutWords(text))?.[1];
        if (number === undefined) return [];
        return [
          warning(
            decimalsHaveCommas.code,
            span,
            `»${number}« trykkes, som det står, med punktum foran decimalerne.`,
            `Skriv »${number.replace(".", ",")}« i anførselstegn.`,
          ),
        ];
      }),
};

function measuresIn(plan: Plan): Measure[] {
  return goalsOf(plan.groups).flatMap((goal) => [goal.measure, ...subGoalsOf(goal).map((part) => part.measure)]);
}

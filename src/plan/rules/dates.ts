import { longDate, slashDate } from "../../core/danish.ts";
import { compareDates, findDanishDate, type LocalDate } from "../../core/date.ts";
import { type Diagnostic, error, warning } from "../../core/diagnostic.ts";
import { allWords } from "../advice/texts.ts";
import { type GoalDeadline, goalDeadlines } from "../deadlines.ts";
import { type Goal, goalsOf, planYears, type SubGoal, type YearCell } from "../plan.ts";
import type { Rule } from "./rule.ts";

/** A period has a first day and a later last one. */
export const periodRunsForward: Rule = {
  code: "periode",
  needs: ["periode", "fra", "til"],
  check(plan) {
    if (compareDates(plan.period.from, plan.period.to) <= 0) return [];
    return [
      error(
        this.code,
        plan.period.span,
        `Perioden slutter (${longDate(plan.period.to)}), før den begynder (${longDate(plan.period.from)}).`,
      ),
    ];
  },
};

/** A plan that is signed when its period is over has steered nothing. */
export const signedInTime: Rule = {
  code: "underskrift-for-sent",
  needs: ["periode", "fra", "til"],
  check(plan) {
    return plan.signatories.flatMap((signatory) =>
      signatory.date && compareDates(signatory.date, plan.period.to) > 0
        ? [
            error(
              this.code,
              signatory.span,
              `${signatory.name} skriver under den ${longDate(signatory.date)}, efter planens sidste dag (${longDate(plan.period.to)}).`,
            ),
          ]
        : [],
    );
  },
};

/** The agreed wording of a date and the date itself say the same day. */
export const dateLineAgrees: Rule = {
  code: "datolinje",
  needs: [],
  check(plan) {
    return plan.signatories.flatMap((signatory) => {
      const written = signatory.dateLine === undefined ? undefined : findDanishDate(signatory.dateLine);
      if (!written || !signatory.date || compareDates(written, signatory.date) === 0) return [];
      return [
        warning(
          this.code,
          signatory.span,
          `Datolinjen »${signatory.dateLine}« siger en anden dag end dato: ${slashDate(signatory.date)}.`,
        ),
      ];
    });
  },
};

/** Follow-up belongs after the period has begun, and not years after its end. */
export const followUpInTime: Rule = {
  code: "opfølgning-frist",
  needs: ["periode", "fra", "til"],
  check(plan) {
    const latest: LocalDate = { ...plan.period.to, year: plan.period.to.year + 1 };
    return plan.followUps.flatMap((round) => {
      if (
        !round.deadline ||
        (compareDates(round.deadline, plan.period.from) >= 0 && compareDates(round.deadline, latest) <= 0)
      )
        return [];
      return [
        error(
          this.code,
          round.span,
          `Fristen for »${round.name}« (${longDate(round.deadline)}) ligger uden for planens periode og året efter.`,
        ),
      ];
    });
  },
};

/** A deadline that is a rule gives one day in the plan's period. */
export const deadlineRulesGiveADay: Rule = {
  code: "frist-regel",
  needs: ["periode", "fra", "til", "frist"],
  check(plan) {
    return plan.followUps.flatMap(({ name, written }) =>
      !written || written.day
        ? []
        : [
            error(
              this.code,
              written.span,
              `Fristen for »${name}« kan ikke beregnes: »${written.text}« er ikke én bestemt dag i planens periode.`,
              "Skriv året efter kvartalet eller halvåret (2. kvartal 2027), eller skriv en dato.",
            ),
          ],
    );
  },
};

/**
 * Goals are reached within the plan's period; a day outside it is a slip more often than it is meant. It is meant where it
 * comes in the year after and the goal's own words name that year: »Årsrapporten afgives senest 15. marts 2026«.
 */
export const deadlinesInPeriod: Rule = {
  code: "frist-uden-for-perioden",
  needs: ["periode", "fra", "til", "frist", "senest"],
  check(plan) {
    const { from, to } = plan.period;
    const isMeant = ({ goal, date }: GoalDeadline) =>
      date.year === to.year + 1 && new RegExp(`\\b${date.year}\\b`).test(allWords(goal, undefined));
    return goalDeadlines(plan)
      .filter(({ date }) => compareDates(date, from) < 0 || compareDates(date, to) > 0)
      .filter((deadline) => !isMeant(deadline))
      .map(({ kind, goal, date, span }) => {
        const what = `${kind === "milestone" ? "en milepæl i " : ""}mål ${goal.called}`;
        return warning(
          this.code,
          span,
          `Fristen for ${what} (${longDate(date)}) ligger uden for planens periode.`,
          "Se efter, om årstallet er rigtigt.",
        );
      });
  },
};

/** A goal is due on one day, however that is written. */
export const deadlineAgrees: Rule = {
  code: "frist-kriterium",
  needs: ["frist", "kriterium", "senest"],
  check(plan) {
    return goalsOf(plan.groups).flatMap(({ called, deadline, measure, span }) => {
      const { criterion } = measure;
      if (!deadline || criterion?.kind !== "by" || compareDates(criterion.deadline, deadline) === 0) return [];
      return [
        error(
          this.code,
          span,
          `Mål ${called} har fristen ${longDate(deadline)}, men kriteriet siger senest ${longDate(criterion.deadline)}.`,
          "Ret den af dem, der er forkert.",
        ),
      ];
    });
  },
};

/** How many years a table may reach back or ahead of the period: plans show four years, contracts ran for five. */
const YEARS_AROUND = 10;

/** The years of a table lie around the period. */
export const yearsWithinReason: Rule = {
  code: "årstal",
  needs: ["periode", "fra", "til"],
  check(plan) {
    const outside = (cell: YearCell) =>
      cell.year < plan.period.from.year - YEARS_AROUND || cell.year > plan.period.to.year + YEARS_AROUND;
    const inPart = (part: Goal | SubGoal): Diagnostic[] => [
      ...part.measure.rows
        .flatMap((row) => row.cells.filter(outside))
        .map((cell) =>
          error(
            this.code,
            cell.span,
            `Året ${cell.year} ligger langt fra planens periode (${planYears(plan.period)}).`,
            "Er der byttet om på to cifre?",
          ),
        ),
      ...part.subGoals.flatMap(inPart),
    ];
    return goalsOf(plan.groups).flatMap(inPart);
  },
};

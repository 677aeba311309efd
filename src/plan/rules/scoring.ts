import { type Decimal, decimalText, sum } from "../../core/decimal.ts";
import { type Diagnostic, error } from "../../core/diagnostic.ts";
import { type Goal, goalsOf, type Plan, type SubGoal } from "../plan.ts";
import type { Rule } from "./rule.ts";

/** Weights in per cent make a whole. */
export const weightsAddUp: Rule = {
  code: "vægte",
  needs: ["mål", "grupper", "vægt", "metode", "tæller"],
  check(plan) {
    const counted = goalsOf(plan.groups).filter((goal) => goal.counts);
    if (plan.scoring.method !== "weighted") return counted.flatMap((goal) => superfluous(goal, plan));
    const missing = counted.filter((goal) => !goal.weight);
    if (missing.length > 0)
      return missing.map((goal) =>
        error(this.code, goal.span, `Mål ${goal.number} har ingen vægt.`, "Skriv vægt: og tallet i procent."),
      );
    const total = sum(counted.flatMap((goal) => goal.weight ?? []));
    if (total.equals(100)) return [];
    return [
      error(
        this.code,
        plan.scoring.span,
        `Målenes vægte giver tilsammen ${decimalText(total)} pct.; de skal give 100.`,
      ),
    ];
  },
};

/** Points are given to every goal, and make the total that was agreed. */
export const pointsAddUp: Rule = {
  code: "point",
  needs: ["mål", "grupper", "delmål", "point", "metode", "tæller", "point_i_alt"],
  check(plan) {
    if (plan.scoring.method !== "points") return [];
    const counted = goalsOf(plan.groups).filter((goal) => goal.counts);
    const problems: Diagnostic[] = counted.flatMap((goal) =>
      goal.points
        ? partsThatDisagree(goal, `Mål ${goal.number}`)
        : [error(this.code, goal.span, `Mål ${goal.number} har ingen point.`, "Skriv point: og antallet.")],
    );
    const total = sum(counted.flatMap((goal) => goal.points ?? []));
    if (problems.length === 0 && plan.scoring.totalPoints && !total.equals(plan.scoring.totalPoints)) {
      problems.push(
        error(
          this.code,
          plan.scoring.span,
          `Målenes point giver tilsammen ${decimalText(total)}; aftalt er ${decimalText(plan.scoring.totalPoints)}.`,
        ),
      );
    }
    return problems;
  },
};

/** Points of parts and milestones, where they are given to each, make the points of what they are part of. */
function partsThatDisagree(part: Goal | SubGoal, name: string): Diagnostic[] {
  const milestones = "milestones" in part ? pointsThatDisagree(part, name, part.milestones, "milepæle") : [];
  const deeper = part.subGoals.flatMap((inner, index) =>
    partsThatDisagree(inner, `Delmål ${inner.number ?? index + 1}`),
  );
  return [...pointsThatDisagree(part, name, part.subGoals, "delmål"), ...milestones, ...deeper];
}

function pointsThatDisagree(
  whole: Goal | SubGoal,
  name: string,
  parts: readonly { readonly points?: Decimal }[],
  what: string,
): Diagnostic[] {
  const given = parts.flatMap((part) => part.points ?? []);
  const total = sum(given);
  if (!whole.points || given.length === 0 || given.length < parts.length || total.equals(whole.points)) return [];
  const message = `${name} har ${decimalText(whole.points)} point, men dets ${what} har tilsammen ${decimalText(total)}.`;
  return [error("point", whole.span, message)];
}

/** Points that the plan's method does not use would be printed, and count for nothing. */
export const pointsAreUsed: Rule = {
  code: "point",
  needs: ["mål", "grupper", "point", "metode"],
  check(plan) {
    if (plan.scoring.method === "points" || plan.scoring.method === "manual") return [];
    return goalsOf(plan.groups)
      .filter((goal) => goal.points)
      .map((goal) =>
        error(
          this.code,
          goal.span,
          `Mål ${goal.number} har point, men planens metode bruger ikke point.`,
          "Slet point, eller vælg metode: point.",
        ),
      );
  },
};

/** What a partly met goal counts is for methods that know of partly met goals. */
export const partCreditIsUsed: Rule = {
  code: "delvist-tæller",
  needs: ["metode", "delvist_tæller"],
  check({ scoring }) {
    if (!scoring.partCredit || !["binary", "manual"].includes(scoring.method)) return [];
    return [
      error(
        this.code,
        scoring.span,
        scoring.method === "binary"
          ? "Metoden »binær« kender ikke delvist opfyldte mål."
          : "Ved metoden »manuel« regnes målopfyldelsen ikke ud.",
        "Slet delvist_tæller:.",
      ),
    ];
  },
};

/** A scale in numbers can be reached with the milestones there are, and partly met takes fewer than met. */
export const scaleFitsMilestones: Rule = {
  code: "skala",
  needs: ["skala", "milepæle", "antal_opfyldt", "antal_delvist"],
  check: (plan) =>
    goalsOf(plan.groups).flatMap((goal) => {
      const met = goal.scale?.metFrom;
      const partly = goal.scale?.partlyMetFrom;
      const count = goal.milestones.length;
      const most = Math.max(met ?? 0, partly ?? 0);
      if (most > count)
        return [
          error(
            "skala",
            goal.span,
            `Skalaen i mål ${goal.number} kræver ${most} milepæle, men der er ${count === 0 ? "ingen" : count}.`,
          ),
        ];
      if (partly === undefined || partly < (met ?? count)) return [];
      return [
        error(
          "skala",
          goal.span,
          `Skalaen i mål ${goal.number} kræver lige så mange milepæle for delvist opfyldt som for opfyldt.`,
        ),
      ];
    }),
};

function superfluous(goal: Goal, plan: Plan): Diagnostic[] {
  if (!goal.weight || plan.scoring.method === "points") return [];
  return [
    error(
      "vægte",
      goal.span,
      `Mål ${goal.number} har en vægt, men planens metode bruger ikke vægte.`,
      "Slet vægten, eller vælg metode: vægtet.",
    ),
  ];
}

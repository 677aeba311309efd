import { inWords } from "../../core/danish.ts";
import { decimalText, sum } from "../../core/decimal.ts";
import { type Diagnostic, error } from "../../core/diagnostic.ts";
import { allGroups, type Goal, type GoalGroup, goalsOf, type Plan, type SubGoal } from "../plan.ts";
import type { Rule } from "./rule.ts";

/** A plan without goals steers nothing. */
export const someGoals: Rule = {
  code: "ingen-mål",
  needs: ["mål", "grupper"],
  check(plan) {
    if (goalsOf(plan.groups).length > 0) return [];
    const at = plan.groups[0]?.span ?? plan.formSpan;
    return [error(this.code, at, "Planen har ingen mål.", "Skriv dem under »mål« eller i en gruppe under »grupper«.")];
  },
};

/** A plan has its goals either in one list or in groups. */
export const goalsInOnePlace: Rule = {
  code: "mål-to-steder",
  needs: ["mål", "grupper"],
  check(plan) {
    const ungrouped = plan.groups.find((group) => group.key === "");
    if (!ungrouped || plan.groups.length === 1) return [];
    return [
      error(
        this.code,
        ungrouped.span,
        "Målene står både under »mål« og under »grupper«.",
        "Flyt målene ind i en gruppe.",
      ),
    ];
  },
};

/** A group's key is how `:::mål` and the results name it. */
export const distinctGroups: Rule = {
  code: "gruppe-to-gange",
  needs: ["grupper", "nøgle"],
  check: (plan) =>
    repeated(allGroups(plan.groups), (group) => group.key).map((group) =>
      error(
        "gruppe-to-gange",
        group.span,
        `Nøglen »${group.key}« bruges til to grupper.`,
        "Giv hver gruppe sin egen nøgle.",
      ),
    ),
};

/** Goal numbers may restart in each group, and must differ within it. */
export const distinctGoalNumbers: Rule = {
  code: "målnummer-to-gange",
  needs: ["mål", "grupper", "nr"],
  check(plan) {
    return allGroups(plan.groups).flatMap((group: GoalGroup) =>
      repeated(group.goals, (goal) => goal.number).map((goal) =>
        error(
          this.code,
          goal.span,
          `Nummer ${goal.number} bruges til to mål${group.name ? ` i gruppen »${group.name}«` : ""}.`,
          "Giv hvert mål sit eget nummer.",
        ),
      ),
    );
  },
};

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

/** Points of requirements and their parts, where they are given to each, make the points of what they are part of. */
function partsThatDisagree(part: Goal | SubGoal, name: string): Diagnostic[] {
  const deeper = part.subGoals.flatMap((inner, index) =>
    partsThatDisagree(inner, `Delmål ${inner.number ?? index + 1}`),
  );
  const given = part.subGoals.flatMap((inner) => inner.points ?? []);
  const total = sum(given);
  if (!part.points || given.length === 0 || given.length < part.subGoals.length || total.equals(part.points))
    return deeper;
  return [
    error(
      "point",
      part.span,
      `${name} har ${decimalText(part.points)} point, men dets delmål har tilsammen ${decimalText(total)}.`,
    ),
    ...deeper,
  ];
}

/** A rule can't ask for more sub-goals than there are. */
export const rulesCanBeMet: Rule = {
  code: "krav",
  needs: ["krav", "delmål", "mindst"],
  check(plan) {
    const impossible = (part: Goal | SubGoal): Diagnostic[] => {
      const parts = part.subGoals.length;
      const here =
        part.rule && part.rule.atLeast > parts
          ? [
              error(
                this.code,
                part.rule.span,
                parts === 0
                  ? "Kravet gælder delmål, men der er ingen."
                  : `Kravet er mindst ${inWords(part.rule.atLeast)} delmål, men der er kun ${inWords(parts)}.`,
              ),
            ]
          : [];
      return [...here, ...part.subGoals.flatMap(impossible)];
    };
    return goalsOf(plan.groups).flatMap(impossible);
  },
};

/** The parts of the performance pay make a whole. */
export const paySharesAddUp: Rule = {
  code: "resultatløn",
  needs: ["resultatløn"],
  check(plan) {
    const first = plan.payShares[0];
    const total = sum(plan.payShares.map((share) => share.share));
    if (!first || total.equals(1)) return [];
    return [
      error(this.code, first.span, `Resultatlønnens dele giver tilsammen ${total.toFraction()}; de skal give 1.`),
    ];
  },
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

function repeated<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => seen.size === seen.add(keyOf(item)).size);
}

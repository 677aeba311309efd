import { inWords } from "../../core/danish.ts";
import { sum } from "../../core/decimal.ts";
import { type Diagnostic, error } from "../../core/diagnostic.ts";
import { allGroups, type Goal, type GoalGroup, goalsOf, type SubGoal } from "../plan.ts";
import { repeated } from "./repeated.ts";
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

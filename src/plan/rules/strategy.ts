import { error } from "../../core/diagnostic.ts";
import { didYouMean } from "../../core/suggest.ts";
import { goalsOf } from "../plan.ts";
import { repeated } from "./repeated.ts";
import type { Rule } from "./rule.ts";

/** Where the plan lists the points of its strategy, a goal refers to one of them. */
export const knownStrategy: Rule = {
  code: "ukendt-strategi",
  needs: ["strategi", "nøgle", "mål", "grupper"],
  check(plan) {
    const keys = plan.strategy.map((point) => point.key);
    if (keys.length === 0) return [];
    return goalsOf(plan.groups).flatMap(({ number, strategy }) =>
      strategy && !keys.includes(strategy.name)
        ? [
            error(
              this.code,
              strategy.span,
              `Mål ${number} henviser til »${strategy.name}«, som ikke er en nøgle under planens »strategi«.`,
              didYouMean(strategy.name, keys),
            ),
          ]
        : [],
    );
  },
};

/** A point's key is how the goals refer to it. */
export const distinctStrategy: Rule = {
  code: "strategi-to-gange",
  needs: ["strategi", "nøgle"],
  check(plan) {
    return repeated(plan.strategy, (point) => point.key).map((point) =>
      error(
        this.code,
        point.span,
        `Nøglen »${point.key}« bruges til to pejlemærker.`,
        "Giv hvert pejlemærke sin egen nøgle.",
      ),
    );
  },
};

import { warning } from "../../core/diagnostic.ts";
import { didYouMean } from "../../core/suggest.ts";
import { adviceNames } from "../advice/names.ts";
import type { Rule } from "./rule.ts";

/** What a plan switches off is advice that there is. No error: a plan must outlive a rule that is dropped. */
export const knownAdvice: Rule = {
  code: "ukendt-råd",
  needs: ["råd", "slået_fra"],
  check(plan) {
    const known: readonly string[] = adviceNames;
    return plan.adviceOff
      .filter(({ name }) => !known.includes(name))
      .map(({ name, span }) =>
        warning(
          this.code,
          span,
          `Der er intet råd, der hedder »${name}«, så der slås intet fra.`,
          didYouMean(name, known),
        ),
      );
  },
};

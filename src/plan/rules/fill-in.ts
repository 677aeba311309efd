import { error, warning } from "../../core/diagnostic.ts";
import type { Rule } from "./rule.ts";

/** What stands where a new plan has still to be written: »(UDFYLD målets titel)«. */
const gap = /\(UDFYLD\b([^()\n]{0,200})\)/gu;

/** A draft may have gaps, and lists them; a plan that is to be signed has none. */
export const everythingFilledIn: Rule = {
  code: "udfyld",
  needs: [],
  check(plan) {
    const { source } = plan.formSpan;
    return [...source.text.matchAll(gap)].map((match) => {
      const span = source.span(match.index, match.index + match[0].length);
      const what = (match[1] ?? "").trim() || "her mangler noget";
      if (plan.state === "draft") return warning(this.code, span, `Skal udfyldes: ${what}.`);
      return error(
        this.code,
        span,
        `Skal udfyldes, før planen er til underskrift: ${what}.`,
        "Skriv teksten i stedet for parentesen, eller sæt tilstand: udkast.",
      );
    });
  },
};

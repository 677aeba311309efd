import { inWords, numberFromWords, numeralPattern } from "../../core/danish.ts";
import { error, warning } from "../../core/diagnostic.ts";
import { countedGoals } from "../placeholders.ts";
import { goalsOf } from "../plan.ts";
import type { Rule } from "./rule.ts";
import { bodyTexts, matchesIn, spanOf } from "./texts.ts";

/** Running text that says how many goals there are agrees with how many there are. */
export const goalCountInProse: Rule = {
  code: "antal-mål",
  needs: ["mål", "grupper", "tæller"],
  check(plan) {
    const all = goalsOf(plan.groups).length;
    const counted = countedGoals(plan);
    return matchesIn(
      bodyTexts(plan),
      new RegExp(
        `\\bDer er (${numeralPattern}) (?:resultat)?mål\\b|\\b(?:består af|indeholder|omfatter|har) (?:i alt )?(${numeralPattern}) (?:resultat)?mål\\b`,
        "giu",
      ),
    ).flatMap(({ match, prose }) => {
      const said = numberFromWords(match[1] ?? match[2] ?? "");
      if (said === undefined || said === all || said === counted) return [];
      return [
        warning(
          this.code,
          spanOf(prose, match),
          `Teksten siger ${match[1] ?? match[2]} mål, men planen har ${inWords(all)}.`,
          "Skriv {{antal_mål}} eller {{antal_mål_ord}}, så følger tallet med.",
        ),
      ];
    });
  },
};

/** Running text that says a goal's share (100/4) agrees with the number of goals, and that goals share alike. */
export const shareInProse: Rule = {
  code: "målets-andel",
  needs: ["mål", "grupper", "tæller", "metode"],
  check(plan) {
    const counted = countedGoals(plan);
    const alike = plan.scoring.method !== "weighted" && plan.scoring.method !== "points";
    return matchesIn(bodyTexts(plan), /(?<!\d)100\/(\d+)(?!\d)|\{\{\s*vægt\s*\}\}/gu).flatMap(({ match, prose }) => {
      const span = spanOf(prose, match);
      const placeholder = match[1] === undefined;
      if (alike && (placeholder || Number(match[1]) === counted)) return [];
      if (placeholder) {
        const message = "{{vægt}} er 100 divideret med antallet af mål, men i denne plan har målene hver deres vægt.";
        return [error(this.code, span, message, "Skriv målenes vægte, eller slet pladsholderen.")];
      }
      if (!alike)
        return [warning(this.code, span, `Teksten siger ${match[0]}, men i denne plan har målene hver deres vægt.`)];
      const message = `Teksten siger ${match[0]}, men planen har ${inWords(counted)} mål, der tæller.`;
      return [warning(this.code, span, message, "Skriv {{vægt}}, så følger brøken med.")];
    });
  },
};

/** A goal's narrative that says how many sub-goals it has agrees with how many it has. */
export const subGoalCountInProse: Rule = {
  code: "antal-delmål",
  needs: ["mål", "grupper", "delmål"],
  check(plan) {
    const pattern = new RegExp(`\\bmålet består af (${numeralPattern}) delmål\\b`, "giu");
    return plan.body.blocks.flatMap((block) => {
      const goal = block.kind === "goals" && block.goals.length === 1 ? block.goals[0] : undefined;
      if (block.kind !== "goals" || !goal || goal.subGoals.length === 0) return [];
      const texts = [block.narrative, goal.statement, goal.measurePoint].filter((text) => text !== undefined);
      return matchesIn(texts, pattern).flatMap(({ match, prose }) => {
        const said = numberFromWords(match[1] ?? "");
        if (said === goal.subGoals.length) return [];
        return [
          warning(
            this.code,
            spanOf(prose, match),
            `Teksten siger ${match[1]} delmål, men mål ${goal.number} har ${inWords(goal.subGoals.length)}.`,
          ),
        ];
      });
    });
  },
};

/** The formula of 2018, upside down: a weight is 100 divided by the number of goals. */
export const weightFormula: Rule = {
  code: "vægtformel",
  needs: [],
  check(plan) {
    return matchesIn(bodyTexts(plan), /antallet af (?:resultat)?mål divideret med 100/giu).map(({ match, prose }) =>
      warning(
        this.code,
        spanOf(prose, match),
        "Formlen vender på hovedet: et måls vægt er 100 divideret med antallet af mål.",
        "Er teksten aftalt, trykkes den, som den står; opgørelsen regner med 100 divideret med antallet.",
      ),
    );
  },
};

const rhythms: readonly { readonly word: RegExp; readonly rounds: number }[] = [
  { word: /\bafrapporteres (?:\p{L}+ )?kvartalsvis\p{L}*/giu, rounds: 4 },
  { word: /\bafrapporteres (?:\p{L}+ )?halvårlig\p{L}*/giu, rounds: 2 },
  { word: /\bafrapporteres (?:\p{L}+ )?månedlig\p{L}*/giu, rounds: 12 },
];

/** »Kvartalsvist« means four times a year. */
export const followUpRhythm: Rule = {
  code: "opfølgning-hyppighed",
  needs: ["opfølgning"],
  check(plan) {
    if (plan.followUps.length === 0) return [];
    return rhythms.flatMap(({ word, rounds }) =>
      rounds === plan.followUps.length
        ? []
        : matchesIn(bodyTexts(plan), word).map(({ match, prose }) =>
            warning(
              this.code,
              spanOf(prose, match),
              `Teksten siger »${match[0]}«, men der er aftalt ${plan.followUps.length === 1 ? "én opfølgning" : `${inWords(plan.followUps.length)} opfølgninger`}.`,
              `Opfølgningerne står under »opfølgning«: ${plan.followUps.map((round) => round.name).join(", ")}.`,
            ),
          ),
    );
  },
};

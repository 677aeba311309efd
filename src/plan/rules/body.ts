import { error, warning } from "../../core/diagnostic.ts";
import { goalsOf } from "../plan.ts";
import type { Rule } from "./rule.ts";

/** A goal that is agreed is printed. */
export const everyGoalShown: Rule = {
  code: "mål-vises-ikke",
  needs: ["mål", "grupper", "nr", "nøgle"],
  check(plan) {
    const shown = new Set(
      plan.body.blocks.flatMap((block) => (block.kind === "goals" ? [...block.goals, ...block.meant] : [])),
    );
    return goalsOf(plan.groups)
      .filter((goal) => !shown.has(goal))
      .map((goal) =>
        error(
          this.code,
          goal.span,
          `Mål ${goal.called} vises ingen steder i planens tekst.`,
          `Skriv :::mål ${goal.called} og ::: på linjen under, hvor målet skal stå.`,
        ),
      );
  },
};

/** A goal that is printed twice could be read as two. */
export const noGoalShownTwice: Rule = {
  code: "mål-vises-to-gange",
  needs: ["mål", "grupper", "nr", "nøgle"],
  check(plan) {
    const seen = new Set<string>();
    const ids = new Set<string>();
    const all = goalsOf(plan.groups).map((goal) => goal.id);
    const shared = new Set(all.filter((id) => ids.size === ids.add(id).size));
    return plan.body.blocks.flatMap((block) => {
      if (block.kind !== "goals") return [];
      const again = block.goals.filter((goal) => !shared.has(goal.id) && seen.size === seen.add(goal.id).size);
      return again.map((goal) =>
        error(
          this.code,
          block.span,
          `Mål ${goal.called} vises to gange.`,
          "Slet den ene blok, eller skriv efter :::mål, hvilket mål den skal vise.",
        ),
      );
    });
  },
};

/** Numbers restart in each group, so that a block over several groups shows »Mål 1« twice under one heading. */
export const numbersTellGoalsApart: Rule = {
  code: "samme-nummer",
  needs: ["mål", "grupper", "nr", "nøgle"],
  check(plan) {
    return plan.body.blocks.flatMap((block) => {
      if (block.kind !== "goals") return [];
      const { goals } = block;
      const again = goals.find((goal) => goals.some((other) => other.number === goal.number && other.id !== goal.id));
      if (!again) return [];
      const message = `Blokken viser to mål med nummer ${again.number} fra hver sin gruppe, og gruppernes navne trykkes ikke.`;
      return [
        warning(this.code, block.span, message, 'Skriv en overskrift og en blok for hver gruppe: :::mål gruppe="…".'),
      ];
    });
  },
};

/** The place for the signatures is the body's to give. */
export const signaturesShown: Rule = {
  code: "underskrifter-vises-ikke",
  needs: [],
  check(plan) {
    const blocks = plan.body.blocks.filter((block) => block.kind === "signatures");
    if (blocks.length === 1) return [];
    const end = plan.body.span.source.span(plan.body.span.end, plan.body.span.end);
    if (blocks.length === 0)
      return [
        error(
          this.code,
          end,
          "Planen har ingen plads til underskrifterne.",
          "Slut teksten med :::underskrifter og ::: på linjen under.",
        ),
      ];
    return [error(this.code, blocks[1]?.span ?? end, "Underskrifterne står to gange.", "Slet den ene blok.")];
  },
};

/** Headings step down one level at a time, so that a reader of the outline never misses one (PDF/UA-1, 7.4.2). */
export const headingsInOrder: Rule = {
  code: "overskrift-springer",
  needs: [],
  check(plan) {
    let level = 1;
    return plan.body.blocks.flatMap((block) => {
      if (block.kind !== "heading") return [];
      const skipped = block.level > level + 1;
      level = block.level;
      return skipped
        ? [
            error(
              this.code,
              block.span,
              `Overskriften springer et niveau over (${"#".repeat(block.level)}).`,
              `Brug ${"#".repeat(Math.max(2, block.level - 1))}.`,
            ),
          ]
        : [];
    });
  },
};

import type { Span } from "../../core/source.ts";
import type { Plan } from "../plan.ts";
import type { AdviceName } from "./names.ts";
import { adviceRules } from "./rules/all.ts";

/** Something that a goal or a plan could be better at; never a mistake, and never a reason to stop. */
export interface Advice extends Finding {
  readonly rule: AdviceName;
  /** What the Ministry of Finance's guidance wants, and why. */
  readonly reason: string;
  /** How it could be said instead. */
  readonly better: string;
}

/** What a rule found, at its place. */
export interface Finding {
  /** The id of the goal that it is about; absent where it is about the plan. */
  readonly goal?: string;
  readonly span: Span;
  readonly message: string;
  /** A better wording of just this text, where one can be computed; else the rule's own. */
  readonly better?: string;
}

/**
 * A piece of the Ministry of Finance's guidance on goals, as something that can be
 * looked for in a plan. docs/raad.md is written from these, and a test tries each on its own examples.
 */
export interface AdviceRule {
  readonly name: AdviceName;
  /** What gives the advice, in a sentence. */
  readonly looksFor: string;
  readonly reason: string;
  /** The words of the guidance that it rests on, and the section they stand in. */
  readonly source: { readonly quote: string; readonly section: GuidanceSection };
  readonly better: string;
  readonly examples: { readonly good: readonly Example[]; readonly bad: readonly Example[] };
  find(plan: Plan): Finding[];
}

export type GuidanceSection = "Hvad kan værktøjet?" | "Hvordan bruger du værktøjet?";

/** A piece of a plan: keys of a goal, keys of the plan, or text. */
export interface Example {
  readonly of: "mål" | "oplysninger" | "tekst";
  readonly text: string;
}

/** All advice on a plan, in reading order, and what it has switched off. */
export interface PlanAdvice {
  readonly given: readonly Advice[];
  /** Whether everybody has signed: what is agreed stands, and the advice is for the next plan. */
  readonly agreed: boolean;
  /** The rules that the plan switches off, and how often each would have spoken. */
  readonly off: readonly { readonly rule: AdviceName; readonly times: number }[];
}

/** Holds a plan against the guidance. */
export function adviseOn(plan: Plan): PlanAdvice {
  const names = new Set(plan.adviceOff.map(({ name }) => name));
  const found = adviceRules.map((rule) => ({ rule, findings: rule.find(plan) }));
  return {
    agreed: plan.state !== "draft" && plan.signatories.every(({ date }) => date !== undefined),
    given: found
      .filter(({ rule }) => !names.has(rule.name))
      .flatMap(({ rule, findings }) =>
        findings.map((finding) => ({ rule: rule.name, reason: rule.reason, better: rule.better, ...finding })),
      )
      .sort((a, b) => a.span.start - b.span.start),
    off: found
      .filter(({ rule }) => names.has(rule.name))
      .map(({ rule, findings }) => ({ rule: rule.name, times: findings.length })),
  };
}

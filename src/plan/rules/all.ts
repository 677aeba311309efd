import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Prose } from "../prose.ts";
import { knownAdvice } from "./advice.ts";
import { everyGoalShown, headingsInOrder, noGoalShownTwice, numbersTellGoalsApart, signaturesShown } from "./body.ts";
import {
  dateLineAgrees,
  deadlineAgrees,
  deadlineRulesGiveADay,
  deadlinesInPeriod,
  followUpInTime,
  periodRunsForward,
  signedInTime,
  yearsWithinReason,
} from "./dates.ts";
import { everythingFilledIn } from "./fill-in.ts";
import {
  distinctGoalNumbers,
  distinctGroups,
  goalsInOnePlace,
  paySharesAddUp,
  rulesCanBeMet,
  someGoals,
} from "./goals.ts";
import { listsAreRead } from "./list-like.ts";
import { cellsFitTable, linksHaveNoTitles, pointsKeepNumbers, signReadAsQuotation, tablesAreRead } from "./lost.ts";
import { decimalsHaveCommas, targetsAgree } from "./measures.ts";
import type { Rule } from "./rule.ts";
import { partCreditIsUsed, pointsAddUp, pointsAreUsed, scaleFitsMilestones, weightsAddUp } from "./scoring.ts";
import { distinctStrategy, knownStrategy } from "./strategy.ts";
import { inTexts, type TextRule } from "./text-rule.ts";
import { dateReadAsList, slipsInText, unreadMarkdown } from "./typing.ts";
import { followUpRhythm, goalCountInProse, shareInProse, subGoalCountInProse, weightFormula } from "./wording.ts";

/** Every rule that a text is held against, in whichever file it stands. */
const textRules: readonly TextRule[] = [
  dateReadAsList,
  unreadMarkdown,
  cellsFitTable,
  tablesAreRead,
  listsAreRead,
  signReadAsQuotation,
  pointsKeepNumbers,
  linksHaveNoTitles,
];

/** What is to be said of single texts. A plan's are held against these rules with the rest of `rules`. */
export function textDiagnostics(texts: readonly Prose[]): Diagnostic[] {
  return texts.flatMap((prose) => textRules.flatMap((rule) => rule.find(prose)));
}

/** Every rule that a plan is held against, whatever its form. */
export const rules: readonly Rule[] = [
  someGoals,
  goalsInOnePlace,
  distinctGroups,
  distinctGoalNumbers,
  weightsAddUp,
  pointsAddUp,
  pointsAreUsed,
  partCreditIsUsed,
  scaleFitsMilestones,
  rulesCanBeMet,
  paySharesAddUp,
  distinctStrategy,
  knownStrategy,
  knownAdvice,
  periodRunsForward,
  signedInTime,
  dateLineAgrees,
  followUpInTime,
  deadlineRulesGiveADay,
  yearsWithinReason,
  deadlinesInPeriod,
  deadlineAgrees,
  targetsAgree,
  decimalsHaveCommas,
  everyGoalShown,
  noGoalShownTwice,
  numbersTellGoalsApart,
  signaturesShown,
  headingsInOrder,
  goalCountInProse,
  shareInProse,
  subGoalCountInProse,
  weightFormula,
  followUpRhythm,
  everythingFilledIn,
  ...textRules.map(inTexts),
  slipsInText,
];

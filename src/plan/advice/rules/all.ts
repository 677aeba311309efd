import type { AdviceRule } from "../advice.ts";
import { clearFulfilment, fewGoals, oneThing } from "./clear.ts";
import { followUpActedOn, followUpAgreed } from "./follow-up.ts";
import { namedSource, noWayOut, statedAmount } from "./measured.ts";
import { benefit, noFixation, tiedToStrategy } from "./purpose.ts";
import { dayNamed, timeStated } from "./time.ts";

/** Every rule of advice, in the order of docs/raad.md. */
export const adviceRules: readonly AdviceRule[] = [
  fewGoals,
  clearFulfilment,
  timeStated,
  dayNamed,
  statedAmount,
  noWayOut,
  oneThing,
  namedSource,
  benefit,
  noFixation,
  tiedToStrategy,
  followUpAgreed,
  followUpActedOn,
];

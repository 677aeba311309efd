import { type Decimal, sum } from "../../core/decimal.ts";
import type { Prose } from "../../plan/prose.ts";
import { shownPercent } from "../summary.ts";

/**
 * The calculation of a head's performance pay (seed 2018: the chairman's opinion 3/4, the goals 1/4, and the permanent
 * secretary's discretion). It is a matter of staff and never part of the plan's or the årsrapport's documents.
 */
export interface Pay {
  readonly example: boolean;
  readonly recipient: string;
  readonly title?: string;
  /** The most that can be paid, in kroner. */
  readonly maximum?: Decimal;
  readonly lines: readonly PayLine[];
  /** The permanent secretary's judgement, which stands in place of the calculation. */
  readonly discretion?: { readonly percent: Decimal; readonly grounds?: Prose };
  /** Further remarks, from the file's body. */
  readonly remarks: readonly Prose[];
}

/** One ground of the pay. */
export interface PayLine {
  readonly ground: string;
  /** Its part of the whole, as the plan has it. */
  readonly share: Decimal;
  /** How much of it was reached, in per cent. */
  readonly percent: Decimal;
  /** True where it is the plan's computed fulfilment. */
  readonly computed: boolean;
  readonly grounds?: Prose;
}

/** What the grounds make together, in per cent, exactly. */
export function computedPercent(pay: Pick<Pay, "lines">): Decimal {
  return sum(pay.lines.map((line) => line.share.mul(line.percent)));
}

/** What is paid, in per cent of the most that can be paid. */
export function paidPercent(pay: Pay): Decimal {
  return pay.discretion?.percent ?? computedPercent(pay);
}

/** What is paid, in whole kroner, halves upwards; undefined where the file names no maximum. */
export function paidAmount(pay: Pay): Decimal | undefined {
  return pay.maximum && partOf(pay.maximum, paidPercent(pay));
}

/** Whether somebody who reckons with the per cent that the document shows gets another amount than the one beside it. */
export function isAmountUnrounded(pay: Pay): boolean {
  // What a person has decided is shown as it was written.
  if (pay.discretion) return false;
  const amount = paidAmount(pay);
  return Boolean(pay.maximum && amount && !partOf(pay.maximum, shownPercent(paidPercent(pay))).equals(amount));
}

function partOf(maximum: Decimal, percent: Decimal): Decimal {
  return maximum.mul(percent).div(100).add("1/2").floor();
}

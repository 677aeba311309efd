import type { Decimal } from "../../core/decimal.ts";
import { LABEL_GAP, type Layout, SMALL_TEXT } from "./layout.ts";
import { type ChartYear, figure, isMet } from "./model.ts";
import {
  bandShape,
  barShape,
  INK,
  limitShapes,
  MUTED_INK,
  REFERENCE_RADIUS,
  referenceShape,
  type Shape,
  textShape,
} from "./shapes.ts";

/** Where a year and the values stand in the picture. */
export interface Place {
  readonly center: number;
  readonly yOf: (value: number) => number;
}

/** All that is drawn for one year: from the back to the front. */
export function columnShapes(year: ChartYear, layout: Layout, place: Place): Shape[] {
  const { slot, names } = layout;
  const center = place.center - (slot * names.length) / 2;
  const limits = limitsOf(year).map((limit) => place.yOf(limit.valueOf()));
  return [
    ...allowedArea(year, layout, center, limits),
    ...resultShapes(year, layout, center, place),
    ...limits.flatMap((y) => limitShapes(center - layout.bar / 2, y, layout.bar)),
    resultLabel(year, layout, center, limits, place),
    ...(year.references ?? []).flatMap(({ name, value }) => {
      const index = names.indexOf(name);
      const x = center + slot * (index + 1);
      const y = place.yOf(value.valueOf());
      const edge = value.lt(0) ? y + REFERENCE_RADIUS : y - REFERENCE_RADIUS;
      return [referenceShape(x, y, index), numberLabel(value, layout, x, edge)];
    }),
  ];
}

function limitsOf({ target }: ChartYear): Decimal[] {
  if (!target) return [];
  return target.kind === "tolerance" ? [target.value, target.value.neg()] : [target.value];
}

function allowedArea({ target }: ChartYear, { bar }: Layout, center: number, limits: readonly number[]): Shape[] {
  if (target?.kind !== "tolerance") return [];
  const top = Math.min(...limits);
  return [bandShape(center - bar / 2, top, bar, Math.max(...limits) - top)];
}

function resultShapes(year: ChartYear, { bar }: Layout, center: number, { yOf }: Place): Shape[] {
  if (!year.actual) return [];
  const ends = [yOf(year.actual.valueOf()), yOf(0)];
  const top = Math.min(...ends);
  return [barShape(center - bar / 2, top, bar, Math.max(...ends) - top, isMet(year) === false)];
}

/** The result at the end of its bar, or beyond a limit that is in the way. */
function resultLabel(
  year: ChartYear,
  layout: Layout,
  center: number,
  limits: readonly number[],
  { yOf }: Place,
): Shape {
  const { actual } = year;
  const down = actual?.lt(0) ?? false;
  const lines = actual ? 1 : layout.label.missing.split("\n").length;
  const end = clearEnd(yOf(actual?.valueOf() ?? 0), limits, down, lines * layout.label.size + LABEL_GAP);
  if (actual) return numberLabel(actual, layout, center, end);
  return textShape(layout.label.missing, center, end - LABEL_GAP, {
    size: SMALL_TEXT,
    fill: MUTED_INK,
    align: "center",
    verticalAlign: "bottom",
  });
}

/** Where a label that begins at `end` must begin in order to touch no limit. */
function clearEnd(end: number, limits: readonly number[], down: boolean, height: number): number {
  const direction = down ? 1 : -1;
  const outwards = [...limits].sort((a, b) => (a - b) * direction);
  return outwards.reduce((from, limit) => {
    const distance = (limit - from) * direction;
    return distance > -LABEL_GAP && distance < height + LABEL_GAP ? limit + direction : from;
  }, end);
}

function numberLabel(value: Decimal, { label, decimals }: Layout, x: number, end: number): Shape {
  const down = value.lt(0);
  const options = { size: label.size, weight: 600, fill: INK, standing: label.standing };
  const y = down ? end + LABEL_GAP : end - LABEL_GAP;
  const text = figure(value, decimals);
  // Standing text begins below and reads upwards.
  if (label.standing) return textShape(text, x, y, { ...options, align: down ? "right" : "left" });
  return textShape(text, x, y, { ...options, align: "center", verticalAlign: down ? "top" : "bottom" });
}

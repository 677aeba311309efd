import type { Decimal } from "../../core/decimal.ts";
import type { Layout } from "./layout.ts";
import { type ChartYear, figure, type Standing, standingOf } from "./model.ts";
import {
  type BarLook,
  type Box,
  bandShape,
  barShapes,
  limitShapes,
  MUTED_INK,
  PAPER,
  referenceShape,
  type Shape,
  textShape,
  zeroLine,
} from "./shapes.ts";
import { LABEL_GAP, REFERENCE_RADIUS, SMALL_TEXT } from "./sizes.ts";

/** Where a year and the values stand in the picture. */
export interface Place {
  readonly center: number;
  /** The width that the year has. */
  readonly band: number;
  readonly yOf: (value: Decimal | undefined) => number;
}

/** All that is drawn for one year, from the back to the front. */
export function columnShapes(year: ChartYear, layout: Layout, place: Place): Shape[] {
  const { bar, slot } = layout;
  const { center, band, yOf } = place;
  const middle = center - (slot * (year.references?.length ?? 0)) / 2;
  const box = spanned(Math.round(middle - bar / 2), bar, yOf(year.actual), yOf(undefined));
  const limits = limitsOf(year).map(yOf);
  const look = lookOf(standingOf(year));
  const crosses = (y: number) => look === "filled" && y > box.y + 2 && y < box.y + box.height - 2;
  return [
    ...(year.target?.kind === "tolerance" ? [bandShape(spanned(box.x, bar, ...limits))] : []),
    ...(year.actual ? barShapes(box, look) : []),
    zeroLine(center - band / 2, yOf(undefined), band),
    ...limits.flatMap((y) => limitShapes(box.x, y, bar, crosses(y))),
    resultLabel(year, layout, middle, limits, place),
    ...referenceShapes(year, layout, middle, place),
  ];
}

/** How a bar tells by itself what is said under it: hatched where the target is missed, empty where that is open. */
function lookOf(standing: Standing | undefined): BarLook {
  return standing === "missed" ? "hatched" : standing === "open" ? "empty" : "filled";
}

function spanned(x: number, width: number, ...ends: readonly number[]): Box {
  const y = Math.min(...ends);
  return { x, y, width, height: Math.max(...ends) - y };
}

function limitsOf({ target }: ChartYear): Decimal[] {
  if (!target) return [];
  return target.kind === "tolerance" ? [target.value, target.value.neg()] : [target.value];
}

/** The result at the end of its bar, or beyond a limit that is in the way. */
function resultLabel(year: ChartYear, layout: Layout, x: number, limits: readonly number[], { yOf }: Place): Shape {
  const { actual, target } = year;
  const { label } = layout;
  const down = actual?.lt(0) ?? false;
  const height = actual ? label.height : SMALL_TEXT * label.missing.split("\n").length;
  const end = clearEnd(yOf(actual), limits, down, height + LABEL_GAP);
  if (actual) return numberLabel(actual, layout, x, end, 600);
  const options = { fill: MUTED_INK, align: "center", verticalAlign: "bottom" } as const;
  // A tolerance already covers the lines behind it.
  const ground = target?.kind === "tolerance" ? {} : { ground: PAPER };
  return textShape(label.missing, x, end - LABEL_GAP, { ...options, ...ground });
}

/** Where a label that begins at `end` must begin in order to touch no limit. */
function clearEnd(end: number, limits: readonly number[], down: boolean, height: number): number {
  const direction = down ? 1 : -1;
  const outwards = [...limits].sort((a, b) => (a - b) * direction);
  return outwards.reduce((from, limit) => {
    const distance = (limit - from) * direction;
    return distance >= 0 && distance < height + 1 ? limit + direction : from;
  }, end);
}

/** The marks of the comparisons beside the bar, each in its place. */
function referenceShapes({ references = [] }: ChartYear, layout: Layout, middle: number, { yOf }: Place): Shape[] {
  return references.flatMap(({ name, value, decimals = layout.decimals }, index) => {
    const x = middle + layout.slot * (index + 1);
    const y = yOf(value);
    const end = value.lt(0) ? y + REFERENCE_RADIUS : y - REFERENCE_RADIUS;
    return [numberLabel(value, { ...layout, decimals }, x, end, 400), referenceShape(x, y, layout.names.indexOf(name))];
  });
}

function numberLabel(value: Decimal, { label, decimals }: Layout, x: number, end: number, weight: number): Shape {
  const { size, standing } = label;
  const options = { size, weight, standing, ground: PAPER };
  const down = value.lt(0);
  const y = down ? end + LABEL_GAP : end - LABEL_GAP;
  const text = figure(value, decimals);
  // Standing text begins below and reads upwards.
  if (standing) return textShape(text, x, y, { ...options, align: down ? "right" : "left" });
  return textShape(text, x, y, { ...options, align: "center", verticalAlign: down ? "top" : "bottom" });
}

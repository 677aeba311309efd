import { type Decimal, decimalPlaces } from "../../core/decimal.ts";
import { legendEntries, legendRows, type PlacedEntry } from "./legend.ts";
import { textWidth } from "./measure.ts";
import { decimalsOf, figure, numbersOf, referenceNames, type YearChart } from "./model.ts";
import { type RowLine, yearRows } from "./rows.ts";
import { niceScale, type Room, type Scale } from "./scale.ts";
import {
  AXIS_GAP,
  HEIGHT,
  LABEL_GAP,
  LEGEND_ROW,
  MOST_BAR,
  OVERHANG,
  ROW,
  SMALL_TEXT,
  SMALLEST_TEXT,
  TEXT,
  UNIT_HEIGHT,
  WIDTH,
} from "./sizes.ts";
import { NO_RESULT } from "./words.ts";

/** The most lines under the axis, and the most pixels for labels in the plot, that the usual height has room for. */
const USUAL_LINES = 3;
const USUAL_SPACE = 50;

/** Where everything goes. */
export interface Layout {
  readonly height: number;
  readonly plot: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly scale: Scale;
  readonly decimals: number;
  readonly tickDecimals: number;
  /** The width of a year's bar, and of the place that it shares with nothing else. */
  readonly bar: number;
  readonly slot: number;
  /** What results are compared with: each has its own mark. */
  readonly names: readonly string[];
  readonly label: LabelShape;
  readonly yearSize: number;
  readonly rows: readonly (readonly RowLine[])[];
  readonly legend: readonly (readonly PlacedEntry[])[];
}

/** How numbers are set beside what they are about, and what is set where there is none. */
interface LabelShape {
  readonly size: number;
  /** How much of the plot's height a label takes. */
  readonly height: number;
  /** Read from below. */
  readonly standing: boolean;
  readonly missing: string;
}

/** Finds room for everything that the chart says. */
export function layOut(chart: YearChart): Layout {
  const decimals = decimalsOf(chart);
  const names = referenceNames(chart);
  const left = tickWidth(chart, decimals) + 8;
  const band = (WIDTH - left) / chart.years.length;
  const slot = Math.min((band * 0.94) / (names.length + 1), names.length > 0 ? 90 : 140);
  const label = labelShape(chart, slot, decimals);
  const space = labelSpace(chart, label.height);
  const { lines: rows, targets } = yearRows(chart, band, decimals);
  const legend = legendRows(legendEntries(chart, { decimals, targets, dashes: label.missing === "–" }), left);
  const lineCount = 1 + Math.max(...rows.map((lines) => lines.length));
  // What a chart usually says finds room in the usual height; more makes it higher rather than flatter.
  const height =
    HEIGHT +
    Math.max(0, space.above + space.below - USUAL_SPACE) +
    Math.max(0, lineCount - USUAL_LINES) * ROW +
    Math.max(0, legend.length - 1) * LEGEND_ROW;
  const under = AXIS_GAP + lineCount * ROW + (legend.length > 0 ? AXIS_GAP / 2 + legend.length * LEGEND_ROW : 0);
  const plot = { left, top: UNIT_HEIGHT, width: WIDTH - left, height: height - UNIT_HEIGHT - under };
  const scale = niceScale(numbersOf(chart), { height: plot.height, ...space }, decimals);
  const tickDecimals = decimalPlaces(scale.step) ?? decimals;
  const bar = Math.max(2, Math.floor(Math.min(MOST_BAR, slot * 0.6, slot - 2 * OVERHANG)));
  const yearSize = textWidth("2000", TEXT) <= band ? TEXT : SMALL_TEXT;
  return { height, plot, scale, decimals, tickDecimals, bar, slot, names, label, yearSize, rows, legend };
}

/** The numbers that are set in the picture, and the decimals that some have of their own. */
function labelled(chart: YearChart): { readonly value: Decimal; readonly decimals?: number }[] {
  return chart.years.flatMap(({ actual, references = [] }) => [...(actual ? [{ value: actual }] : []), ...references]);
}

/** The widest number of the axis, about: its exact steps are not known before its height is. */
function tickWidth(chart: YearChart, decimals: number): number {
  const { min, max, step } = niceScale(numbersOf(chart), { height: HEIGHT / 2, ...labelSpace(chart, TEXT) }, decimals);
  const places = decimalPlaces(step) ?? decimals;
  const ends = [min.div(step).floor(), max.div(step).ceil()].map((tick) => figure(tick.mul(step), places));
  return Math.ceil(Math.max(...ends.map((end) => textWidth(end))));
}

/** Labels stand over what is positive and under what is negative; that a result is missing is said over the zero. */
function labelSpace(chart: YearChart, label: number): Omit<Room, "height"> {
  const space = Math.ceil(label + 2 * LABEL_GAP);
  const numbers = labelled(chart);
  const below = numbers.some(({ value }) => value.lt(0));
  const above = numbers.some(({ value }) => value.gte(0)) || chart.years.some(({ actual }) => !actual);
  return { above: above ? space : 0, below: below ? space : 0 };
}

/** Labels are set smaller until they fit beside each other; as a last resort they stand. */
function labelShape(chart: YearChart, slot: number, decimals: number): LabelShape {
  const labels = labelled(chart).map((one) => figure(one.value, one.decimals ?? decimals));
  const widest = (size: number) => Math.max(0, ...labels.map((label) => textWidth(label, size)));
  const missing = missingText(slot);
  const size = [TEXT, SMALL_TEXT, SMALLEST_TEXT].find((candidate) => widest(candidate) <= slot);
  return size
    ? { size, height: size, standing: false, missing }
    : { size: SMALL_TEXT, height: widest(SMALL_TEXT), standing: true, missing };
}

function missingText(slot: number): string {
  if (textWidth(NO_RESULT) <= slot) return NO_RESULT;
  const words = NO_RESULT.split(" ");
  return words.every((word) => textWidth(word) <= slot) ? words.join("\n") : "–";
}

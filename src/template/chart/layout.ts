import { format } from "echarts/core";
import { decimalPlaces } from "../../core/decimal.ts";
import { type LegendEntry, legendEntries } from "./legend.ts";
import { type ChartYear, decimalsOf, figure, numbersOf, referenceNames, type YearChart } from "./model.ts";
import { niceScale, type Room, type Scale } from "./scale.ts";
import { NO_RESULT, statusWords, targetWords } from "./words.ts";

/** The picture in CSS pixels: 158 mm wide, and 55 mm high unless the legend is long. */
export const WIDTH = 597;
const HEIGHT = 208;

/** Sizes of text in pixels: a pixel is ¾ point. */
export const TEXT = 11;
export const SMALL_TEXT = 10;
const SMALLEST_TEXT = 9;

/** The lines under the axis and those of the legend. */
export const ROW = 13;
export const LEGEND_ROW = 17;

const UNIT_HEIGHT = 18;
const AXIS_GAP = 6;
const MOST_BAR = 46;
/** How far a target's mark reaches out on each side of the bar, so that it is seen beside it too. */
export const OVERHANG = 6;
/** Between a bar's end and its label. */
export const LABEL_GAP = 3;

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
  readonly names: readonly string[];
  readonly label: { readonly size: number; readonly standing: boolean; readonly missing: string };
  /** What stands under each year, line by line. */
  readonly rows: readonly (readonly string[])[];
  readonly legend: readonly (readonly PlacedEntry[])[];
}

/** An entry of the legend and where it begins. */
export interface PlacedEntry extends LegendEntry {
  readonly left: number;
}

/** Finds room for everything that the chart says. */
export function layOut(chart: YearChart): Layout {
  const decimals = decimalsOf(chart);
  const names = referenceNames(chart);
  const left = tickWidth(chart, decimals) + 8;
  const band = (WIDTH - left) / chart.years.length;
  const slot = Math.min((band * 0.94) / (names.length + 1), names.length > 0 ? 90 : 140);
  const targets = targetRows(chart, band, decimals);
  const rows = chart.years.map((year, index) => [...(targets?.[index] ?? []), ...statusRow(year, band)]);
  const legend = legendRows(legendEntries(chart, decimals, targets !== undefined), left);
  const legendHeight = legend.length * LEGEND_ROW;
  const under = AXIS_GAP + ROW * (1 + Math.max(...rows.map((lines) => lines.length))) + legendHeight;
  // What a chart usually has finds room in the usual height; more makes it higher rather than flatter.
  const height = HEIGHT + Math.max(0, legend.length - 1) * LEGEND_ROW;
  const plot = { left, top: UNIT_HEIGHT, width: WIDTH - left, height: height - UNIT_HEIGHT - under };
  const label = labelShape(chart, slot, decimals);
  const scale = niceScale(numbersOf(chart), room(chart, plot.height, label.height), decimals);
  const tickDecimals = decimalPlaces(scale.step) ?? decimals;
  const bar = Math.min(MOST_BAR, slot * 0.6, slot - 2 * OVERHANG);
  return { height, plot, scale, decimals, tickDecimals, bar, slot, names, label, rows, legend };
}

/** How wide a line of text is, about: fonts differ, so a little more than the library reckons. */
function textWidth(text: string, size: number): number {
  return format.getTextRect(text, `${size}px sans-serif`).width * 1.06;
}

/** The widest number of the axis; the exact steps are not known before the height is. */
function tickWidth(chart: YearChart, decimals: number): number {
  const { min, max, step } = niceScale(numbersOf(chart), room(chart, 120, 14), decimals);
  const places = decimalPlaces(step) ?? decimals;
  return Math.ceil(Math.max(...[min, max].map((end) => textWidth(figure(end, places), SMALL_TEXT))));
}

/** Labels stand over what is positive and under what is negative. */
function room(chart: YearChart, height: number, label: number): Room {
  const space = Math.ceil(label + LABEL_GAP + 2);
  const numbers = chart.years.flatMap(({ actual, references = [] }) => [actual, ...references.map((one) => one.value)]);
  const below = numbers.some((number) => number?.lt(0));
  const above = numbers.some((number) => !number?.lt(0));
  return { height: Math.round(height), above: above ? space : 0, below: below ? space : 0 };
}

/** Labels are set smaller until they fit beside each other; as a last resort they stand. */
function labelShape(chart: YearChart, slot: number, decimals: number): Layout["label"] & { readonly height: number } {
  const labels = chart.years.flatMap(({ actual, references = [] }) =>
    [actual, ...references.map((one) => one.value)].flatMap((number) => (number ? [figure(number, decimals)] : [])),
  );
  const widest = (size: number) => Math.max(0, ...labels.map((label) => textWidth(label, size)));
  const missing =
    [NO_RESULT, NO_RESULT.replace(" ", "\n"), "–"].find((text) => textWidth(text, SMALL_TEXT) <= slot) ?? "–";
  const size = [TEXT, SMALL_TEXT, SMALLEST_TEXT].find((candidate) => widest(candidate) <= slot);
  if (size) return { size, standing: false, missing, height: size * 1.1 };
  return { size: SMALL_TEXT, standing: true, missing, height: widest(SMALL_TEXT) };
}

/** The targets under their years, where they differ and there is room; undefined where the legend or the axis tells them. */
function targetRows(chart: YearChart, band: number, decimals: number): string[][] | undefined {
  const words = chart.years.map(({ target }) => target && targetWords(target, decimals));
  if (new Set(words.filter(Boolean)).size < 2) return undefined;
  const fits = (text: string) => textWidth(text, SMALL_TEXT) <= band - 4;
  const lines = words.map((text) => [text ?? "–"]);
  if (lines.flat().every(fits)) return lines;
  const broken = words.map((text) => text?.split(/ (?=\S+$)/) ?? ["–", ""]);
  return broken.flat().every(fits) ? broken : undefined;
}

function statusRow(year: ChartYear, band: number): string[] {
  const status = statusWords(year);
  if (!status) return [];
  return textWidth("ikke nået", SMALL_TEXT) <= band - 4 ? [status] : status.split(" ");
}

/** Fills row by row. */
function legendRows(entries: readonly LegendEntry[], left: number): PlacedEntry[][] {
  const rows: PlacedEntry[][] = [];
  let next = WIDTH;
  for (const entry of entries) {
    const text = shortened(entry.text, WIDTH - left - SWATCH);
    const width = SWATCH + textWidth(text, SMALL_TEXT);
    if (next + width > WIDTH) {
      rows.push([]);
      next = left;
    }
    rows.at(-1)?.push({ ...entry, text, left: next });
    next += width + 16;
  }
  return rows;
}

/** The width of an entry's sign and the gap before its words. */
export const SWATCH = 24;

function shortened(text: string, width: number): string {
  if (textWidth(text, SMALL_TEXT) <= width) return text;
  let end = text.length;
  while (end > 0 && textWidth(`${text.slice(0, end)}…`, SMALL_TEXT) > width) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}

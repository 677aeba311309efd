import { CustomChart, type CustomSeriesOption } from "echarts/charts";
import { GraphicComponent, GridComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

import type { ChartStyle } from "../chart.ts";
import { columnShapes } from "./column.ts";
import { type Layout, LEGEND_ROW, layOut, type PlacedEntry, ROW, SMALL_TEXT, SWATCH, TEXT, WIDTH } from "./layout.ts";
import { figure, type YearChart } from "./model.ts";
import {
  bandShape,
  barShape,
  FONT,
  GRID,
  INK,
  limitShapes,
  MUTED_INK,
  referenceShape,
  type Shape,
  textShape,
} from "./shapes.ts";
import { cleanSvg } from "./svg.ts";
import { oneLine } from "./words.ts";

use([CustomChart, GridComponent, GraphicComponent, SVGRenderer]);

/** Draws a chart; the text alternative comes along as the image's name. */
export function drawPicture(chart: YearChart, style: ChartStyle, alternative: string): string {
  const layout = layOut(chart);
  const { height } = layout;
  const canvas = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height });
  try {
    canvas.setOption({
      animation: false,
      textStyle: { fontFamily: FONT },
      grid: { ...layout.plot, outerBoundsMode: "none" },
      xAxis: yearAxis(chart, layout),
      yAxis: valueAxis(layout),
      series: [columns(chart, layout)],
      graphic: { elements: [...unitShapes(chart), ...legendShapes(layout)].map(silent) },
    });
    return cleanSvg(canvas.renderToSVGString(), { width: WIDTH, height, ...style, alternative });
  } finally {
    canvas.dispose();
  }
}

/** The years, what is said about each under it, and no line: zero has one, wherever it is. */
function yearAxis(chart: YearChart, { rows }: Layout) {
  const lines = (index: number) =>
    (rows[index] ?? []).map((line) => `\n{${line.startsWith("ikke") ? "missed" : "row"}|${line}}`);
  const line = { fontFamily: FONT, fontSize: SMALL_TEXT, lineHeight: ROW, color: INK };
  return {
    type: "category" as const,
    silent: true,
    data: chart.years.map(({ year }) => String(year)),
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      interval: 0,
      margin: 6,
      formatter: (year: string, index: number) => `{year|${year}}${lines(index).join("")}`,
      rich: { year: { ...line, fontSize: TEXT }, row: line, missed: { ...line, fontWeight: 600 } },
    },
  };
}

/** Ticks are multiples of the step, written from the exact numbers. */
function valueAxis({ scale, tickDecimals }: Layout) {
  const { min, max, step } = scale;
  return {
    type: "value" as const,
    silent: true,
    min: min.valueOf(),
    max: max.valueOf(),
    interval: step.valueOf(),
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: GRID, width: 0.75 } },
    axisLabel: {
      fontSize: SMALL_TEXT,
      color: MUTED_INK,
      formatter: (tick: number) => figure(step.mul(Math.round(tick / step.valueOf())), tickDecimals),
    },
  };
}

/** One custom item for each year, and the line at zero over them all. */
function columns(chart: YearChart, layout: Layout): CustomSeriesOption {
  return {
    type: "custom",
    silent: true,
    data: chart.years.map((_, index) => [index, 0]),
    renderItem: ({ dataIndex }, { coord }) => {
      const year = chart.years[dataIndex];
      if (!coord || !year) return null;
      const at = (value: number) => coord([dataIndex, value]);
      const place = { center: at(0)[0] ?? 0, yOf: (value: number) => at(value)[1] ?? 0 };
      return { type: "group", children: [...columnShapes(year, layout, place)].map(silent) };
    },
  };
}

function unitShapes({ unit }: YearChart): Shape[] {
  return unit ? [textShape(oneLine(unit), 0, 0, { fill: MUTED_INK, verticalAlign: "top" })] : [];
}

function legendShapes({ legend, height }: Layout): Shape[] {
  const first = height - legend.length * LEGEND_ROW + LEGEND_ROW / 2;
  return legend.flatMap((row, index) => row.flatMap((entry) => entryShapes(entry, first + index * LEGEND_ROW)));
}

function entryShapes({ sign, index, text, left }: PlacedEntry, y: number): Shape[] {
  return [...signShapes(sign, index, left, y), textShape(text, left + SWATCH, y, { fill: INK })];
}

/** A sign as it is in the picture, but small. */
function signShapes(sign: PlacedEntry["sign"], index: number, left: number, y: number): Shape[] {
  switch (sign) {
    case "result":
    case "missed":
      return [barShape(left + 4, y - 5, 12, 10, sign === "missed")];
    case "limit":
      return limitShapes(left + 6, y, 6);
    case "tolerance":
      return [bandShape(left + 6, y - 5, 6, 10), ...[y - 5, y + 5].flatMap((edge) => limitShapes(left + 6, edge, 6))];
    case "reference":
      return [referenceShape(left + 9, y, index)];
  }
}

/** Nobody points at paper: without this the library writes styles for the mouse. */
function silent(shape: Shape) {
  return { ...shape, silent: true };
}

import { CustomChart, type CustomSeriesOption } from "echarts/charts";
import { GridComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Decimal } from "../../core/decimal.ts";
import type { ChartStyle } from "../chart.ts";
import { columnShapes } from "./column.ts";
import { type Layout, layOut } from "./layout.ts";
import type { PlacedEntry } from "./legend.ts";
import { shortened } from "./measure.ts";
import { figure, type YearChart } from "./model.ts";
import {
  bandShape,
  barShapes,
  FONT,
  GRID,
  INK,
  limitShapes,
  MUTED_INK,
  referenceShape,
  type Shape,
  textShape,
} from "./shapes.ts";
import { AXIS_GAP, LEGEND_ROW, ROW, SMALL_TEXT, SWATCH, WIDTH } from "./sizes.ts";
import { cleanSvg } from "./svg.ts";
import { oneLine } from "./words.ts";

use([CustomChart, GridComponent, SVGRenderer]);

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
      series: [columns(chart, layout), drawing([...unitShapes(chart), ...legendShapes(layout)])],
    });
    return cleanSvg(canvas.renderToSVGString(), { width: WIDTH, height, ...style, alternative });
  } finally {
    canvas.dispose();
  }
}

/** The years and what is said about each under it. The line is at zero, wherever that is. */
function yearAxis(chart: YearChart, { rows, yearSize }: Layout) {
  const style = { fontFamily: FONT, fontSize: SMALL_TEXT, lineHeight: ROW, color: INK };
  const lines = (index: number) =>
    (rows[index] ?? []).map(({ text, strong }) => `\n{${strong ? "strong" : "plain"}|${text}}`);
  return {
    type: "category" as const,
    silent: true,
    data: chart.years.map(({ year }) => String(year)),
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: {
      interval: 0,
      margin: AXIS_GAP,
      formatter: (year: string, index: number) => `{year|${year}}${lines(index).join("")}`,
      rich: { year: { ...style, fontSize: yearSize }, plain: style, strong: { ...style, fontWeight: 600 } },
    },
  };
}

/** Ticks are multiples of the step, written from the exact numbers; the end of the axis is none by itself. */
function valueAxis({ scale, tickDecimals }: Layout) {
  const { min, max, step } = scale;
  const last = max.divisible(step);
  return {
    type: "value" as const,
    silent: true,
    min: min.valueOf(),
    max: max.valueOf(),
    interval: step.valueOf(),
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { showMaxLine: last, lineStyle: { color: GRID, width: 0.75 } },
    axisLabel: {
      showMaxLabel: last,
      fontSize: SMALL_TEXT,
      color: MUTED_INK,
      formatter: (tick: number) => figure(step.mul(Math.round(tick / step.valueOf())), tickDecimals),
    },
  };
}

/** One custom item for each year. */
function columns(chart: YearChart, layout: Layout): CustomSeriesOption {
  return {
    type: "custom",
    silent: true,
    data: chart.years.map((_, index) => [index, 0]),
    renderItem: ({ dataIndex }, { coord }) => {
      const year = chart.years[dataIndex];
      if (!coord || !year) return null;
      const [center = 0] = coord([dataIndex, 0]);
      const yOf = (value: Decimal | undefined) => coord([dataIndex, value?.valueOf() ?? 0])[1] ?? 0;
      const place = { center, band: layout.plot.width / chart.years.length, yOf };
      return { type: "group", children: columnShapes(year, layout, place).map(silent) };
    },
  };
}

/** What stands outside the axes. */
function drawing(shapes: readonly Shape[]): CustomSeriesOption {
  return {
    type: "custom",
    silent: true,
    data: [[0, 0]],
    renderItem: () => ({ type: "group", children: shapes.map(silent) }),
  };
}

function unitShapes({ unit }: YearChart): Shape[] {
  return unit ? [textShape(shortened(oneLine(unit), WIDTH), 0, 0, { fill: MUTED_INK, verticalAlign: "top" })] : [];
}

function legendShapes({ legend, height }: Layout): Shape[] {
  const first = height - legend.length * LEGEND_ROW + LEGEND_ROW / 2;
  return legend.flatMap((row, index) => row.flatMap((entry) => entryShapes(entry, first + index * LEGEND_ROW)));
}

function entryShapes({ sign, index, text, left }: PlacedEntry, y: number): Shape[] {
  return [...signShapes(sign, index, left, y), textShape(text, left + SWATCH, y, { fill: INK })];
}

const signLooks = { result: "filled", missed: "hatched", open: "empty" } as const;

/** A sign as it is in the picture, but small. */
function signShapes(sign: PlacedEntry["sign"], index: number, left: number, y: number): Shape[] {
  const limit = (at: number) => limitShapes(left + 6, at, 6, false);
  switch (sign) {
    case "result":
    case "missed":
    case "open":
      return barShapes({ x: left, y: y - 5, width: 18, height: 10 }, signLooks[sign]);
    case "missing":
      return [textShape("–", left + 9, y, { fill: MUTED_INK, align: "center" })];
    case "limit":
      return limit(y);
    case "tolerance":
      return [bandShape({ x: left + 6, y: y - 4, width: 6, height: 8 }), ...[y - 4, y + 4].flatMap(limit)];
    case "reference":
      return [referenceShape(left + 9, y, index)];
  }
}

/** Nobody points at paper: without this the library writes styles for the mouse. */
function silent(shape: Shape) {
  return { ...shape, silent: true };
}

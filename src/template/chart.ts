import type { YearChart } from "./chart/model.ts";
import { alternativeText } from "./chart/words.ts";

export type { ChartTarget, ChartYear, YearChart } from "./chart/model.ts";

/** What a form gives its charts. */
export interface ChartStyle {
  /** A `font-family`, as the form's style sheet has it. */
  readonly font: string;
  /** The bars' colour, opaque and at least 3:1 against white. */
  readonly accent: string;
}

/** A chart and what it says. */
export interface DrawnChart {
  /** An `<svg>` element for the page: an image with a text alternative, of the width it is given. */
  readonly svg: string;
  /** The text alternative, for wherever else it is of use. */
  readonly alternative: string;
}

/** Whether there is anything to draw: at least one result. */
export function isDrawable(chart: YearChart): boolean {
  return chart.years.some((year) => year.actual);
}

/** Draws the results, targets and comparisons of a drawable chart as inline SVG that also says in words all that it shows. */
export async function drawYearChart(chart: YearChart, style: ChartStyle): Promise<DrawnChart> {
  // Plans without charts need not wait for the library.
  const { drawPicture } = await import("./chart/picture.ts");
  const alternative = alternativeText(chart);
  return { svg: drawPicture(chart, style, alternative), alternative };
}

import { OVERHANG, REFERENCE_RADIUS, SMALL_TEXT } from "./sizes.ts";

/** Stands for the form's colour until the picture is cleaned: the library does not escape what it is given. */
export const ACCENT = "accent";
/** Stands for the form's font, which the whole picture inherits. */
export const FONT = "F";

export const INK = "#14181d";
export const MUTED_INK = "#4a5560";
export const GRID = "#d5d9dd";
const BAND = "#e9ecef";
export const PAPER = "#ffffff";

/** One thing of the picture, as the library draws it. */
export type Shape =
  | { type: "rect"; shape: { x: number; y: number; width: number; height: number }; style: ShapeStyle }
  | { type: "line"; shape: { x1: number; y1: number; x2: number; y2: number }; style: ShapeStyle }
  | { type: "path"; shape: { pathData: string }; style: ShapeStyle }
  | { type: "polygon"; shape: { points: number[][] }; style: ShapeStyle }
  | { type: "text"; x: number; y: number; rotation: number; style: TextStyle };

interface ShapeStyle {
  fill?: string;
  stroke?: string;
  lineWidth?: number;
}

interface TextStyle {
  text: string;
  fill: string;
  fontFamily: string;
  fontSize: number;
  fontWeight: number;
  align: "left" | "center" | "right";
  verticalAlign: "top" | "middle" | "bottom";
  backgroundColor?: string;
}

export interface TextOptions {
  readonly size?: number;
  readonly weight?: number;
  readonly fill?: string;
  readonly align?: TextStyle["align"];
  readonly verticalAlign?: TextStyle["verticalAlign"];
  /** Read from below. */
  readonly standing?: boolean;
  /** What the text covers the lines behind it with. */
  readonly ground?: string;
}

/** Text from one point. */
export function textShape(text: string, x: number, y: number, options: TextOptions = {}): Shape {
  const { size = SMALL_TEXT, weight = 400, fill = INK, align = "left", verticalAlign = "middle" } = options;
  return {
    type: "text",
    x,
    y,
    rotation: options.standing ? Math.PI / 2 : 0,
    style: {
      text,
      fill,
      fontFamily: FONT,
      fontSize: size,
      fontWeight: weight,
      align,
      verticalAlign,
      ...(options.ground ? { backgroundColor: options.ground } : {}),
    },
  };
}

/** A rectangle on the paper. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A result: filled, hatched where it missed its target, empty where that is open. */
export type BarLook = "filled" | "hatched" | "empty";

export function barShapes({ x, y, width, height }: Box, look: BarLook): Shape[] {
  if (look === "filled") return [{ type: "rect", shape: { x, y, width, height }, style: { fill: ACCENT } }];
  const outline = { x: x + 0.5, y: y + 0.5, width: width - 1, height: Math.max(0, height - 1) };
  const frame: Shape = { type: "rect", shape: outline, style: { fill: PAPER, stroke: ACCENT, lineWidth: 1 } };
  if (look === "empty") return [frame];
  return [
    frame,
    { type: "path", shape: { pathData: hatching(outline) }, style: { fill: "none", stroke: ACCENT, lineWidth: 1 } },
  ];
}

const HATCH_STEP = 6;

/** Lines falling to the right, as far as the box goes: a pattern would need a name, and names may clash. */
function hatching({ x, y, width, height }: Box): string {
  const bottom = y + height;
  const count = Math.floor((width + height) / HATCH_STEP);
  return Array.from({ length: count }, (_, index) => {
    // Where the line would meet the bottom edge's and the left edge's prolongations.
    const reach = (index + 1) * HATCH_STEP;
    const [left, right] = [Math.max(0, reach - height), Math.min(reach, width)];
    return `M${x + left} ${bottom - (reach - left)}L${x + right} ${bottom - (reach - right)}`;
  }).join("");
}

/** What a result may not pass: a dark line that reaches out beside the bar, and is light where it crosses a filled one. */
export function limitShapes(x: number, y: number, width: number, onBar: boolean): Shape[] {
  const line = (stroke: string, out: number): Shape => ({
    type: "line",
    shape: { x1: x - out, y1: y, x2: x + width + out, y2: y },
    style: { fill: "none", stroke, lineWidth: 2 },
  });
  return onBar ? [line(INK, OVERHANG), line(PAPER, 0)] : [line(INK, OVERHANG)];
}

/** Where the values are zero. */
export function zeroLine(x: number, y: number, width: number): Shape {
  const style = { fill: "none", stroke: INK, lineWidth: 1 };
  return { type: "line", shape: { x1: x, y1: y, x2: x + width, y2: y }, style };
}

/** The area that a tolerance allows, without its limits. */
export function bandShape({ x, y, width, height }: Box): Shape {
  return { type: "rect", shape: { x: x - OVERHANG, y, width: width + 2 * OVERHANG, height }, style: { fill: BAND } };
}

/** A comparison: a diamond for the first, a triangle, a square and a hexagon for those after it. */
export function referenceShape(x: number, y: number, index: number): Shape {
  const corners = [4, 3, 4, 6][index % 4] ?? 4;
  const turn = [0, 0, Math.PI / 4, 0][index % 4] ?? 0;
  const points = Array.from({ length: corners }, (_, corner) => {
    const angle = turn - Math.PI / 2 + (2 * Math.PI * corner) / corners;
    return [x + REFERENCE_RADIUS * Math.cos(angle), y + REFERENCE_RADIUS * Math.sin(angle)];
  });
  return { type: "polygon", shape: { points }, style: { fill: PAPER, stroke: INK, lineWidth: 1.5 } };
}

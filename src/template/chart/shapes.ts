import { OVERHANG, SMALL_TEXT } from "./layout.ts";

/** Stands for the form's colour until the picture is cleaned: the library does not escape what it is given. */
export const ACCENT = "accent";
/** Stands for the form's font, which the whole picture inherits. */
export const FONT = "F";

export const INK = "#14181d";
export const MUTED_INK = "#4a5560";
export const GRID = "#d5d9dd";
const BAND = "#e9ecef";
const PAPER = "#ffffff";

/** One thing of the picture, as the library draws it. */
export type Shape =
  | { type: "rect"; shape: { x: number; y: number; width: number; height: number }; style: ShapeStyle }
  | { type: "line"; shape: { x1: number; y1: number; x2: number; y2: number }; style: ShapeStyle }
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
}

export interface TextOptions {
  readonly size?: number;
  readonly weight?: number;
  readonly fill?: string;
  readonly align?: TextStyle["align"];
  readonly verticalAlign?: TextStyle["verticalAlign"];
  /** Read from below. */
  readonly standing?: boolean;
}

/** Text from one point. */
export function textShape(text: string, x: number, y: number, options: TextOptions = {}): Shape {
  const { size = SMALL_TEXT, weight = 400, fill = INK, align = "left", verticalAlign = "middle" } = options;
  return {
    type: "text",
    x,
    y,
    rotation: options.standing ? Math.PI / 2 : 0,
    style: { text, fill, fontFamily: FONT, fontSize: size, fontWeight: weight, align, verticalAlign },
  };
}

/** A result: filled, or only outlined where it missed its target. */
export function barShape(x: number, y: number, width: number, height: number, missed: boolean): Shape {
  if (!missed) return { type: "rect", shape: { x, y, width, height }, style: { fill: ACCENT } };
  const inset = { x: x + 1, y: y + 1, width: width - 2, height: Math.max(0, height - 2) };
  return { type: "rect", shape: inset, style: { fill: PAPER, stroke: ACCENT, lineWidth: 2 } };
}

/** What a result may not pass: a dark line with a light edge, to be seen on the bar as well as beside it. */
export function limitShapes(x: number, y: number, width: number): Shape[] {
  const line = (lineWidth: number, stroke: string, out: number): Shape => ({
    type: "line",
    shape: { x1: x - out, y1: y, x2: x + width + out, y2: y },
    style: { stroke, lineWidth },
  });
  return [line(4, PAPER, OVERHANG), line(2, INK, OVERHANG)];
}

/** The area that a tolerance allows, without its limits. */
export function bandShape(x: number, y: number, width: number, height: number): Shape {
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

export const REFERENCE_RADIUS = 5;

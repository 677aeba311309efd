import type { Content } from "./content.ts";
import type { Font } from "./fonts.ts";

/** A place on a page, in points from its lower left corner; in a form from the form's. */
export type Place = readonly [x: number, y: number];

/** A string that is shown: where it begins and ends, and where its operation stands in the stream. */
export interface Show {
  readonly text: string;
  readonly from: Place;
  readonly to: Place;
  /** The height of the font as it appears. */
  readonly size: number;
  readonly font: Font | undefined;
  readonly start: number;
  readonly end: number;
}

/** A stretch of text: what it says, and its ends. */
export interface Stretch {
  readonly text: string;
  readonly first: Show;
  readonly last: Show;
}

/** A rectangle on a page (ISO 32000-1, 7.9.5), in points from its lower left corner. */
export type Bounds = readonly [left: number, bottom: number, right: number, top: number];

/** The smallest rectangle around another and a place. */
export function around(bounds: Bounds | undefined, [x, y]: Place): Bounds {
  const [left, bottom, right, top] = bounds ?? [x, y, x, y];
  return [Math.min(left, x), Math.min(bottom, y), Math.max(right, x), Math.max(top, y)];
}

/** A stretch of content that the structure tree can point at (ISO 32000-1, 14.7.4), and what is to become of it. */
export class Mark {
  readonly content: Content;
  readonly id: number;
  /** Where the operation that opens it begins and ends in the stream; undefined for one that is still to be opened. */
  readonly opening: readonly [start: number, end: number] | undefined;
  /** Whether it lies within another one. */
  readonly inside: boolean;
  /** Undefined where it shows no text. */
  shown: Stretch | undefined;
  /** Whether it holds an image or a form. */
  pictures = false;
  /** What its drawings and images take up, in a mark that the browser calls a figure. */
  bounds: Bounds | undefined;

  /** The structure type of the element that it belongs to. */
  tag = "Span";
  /** Decoration: it leaves the structure. */
  artifact = false;
  /** What it stands for, where that is not what it shows. */
  actualText: string | undefined;
  /** Where the operation that closes it ends; undefined for one that is still to be opened. */
  end: number | undefined;
  /** What it shows leaves the page. */
  removed = false;
  /** A space is missing after its last word. */
  spaceAfter = false;

  constructor(content: Content, id: number, opening: Mark["opening"], inside: boolean) {
    this.content = content;
    this.id = id;
    this.opening = opening;
    this.inside = inside;
  }

  /** What it shows, letter by letter. */
  get text(): string {
    return this.shown?.text ?? "";
  }
}

/** Something painted that lies in no marked content. */
export interface Loose {
  readonly start: number;
  readonly end: number;
  /** Undefined for what is no text. */
  readonly shown: Stretch | undefined;
  /** How many operators that come in pairs, like q and Q, stand before it: with the same number two neighbours can be wrapped as one. */
  readonly level: number;
  /** What it becomes: an artifact, or the content of a mark that it did not have. */
  become: LooseFate;
}

/** `header` and `footer` are page furniture (ISO 14289-1, 7.8), `artifact` is any other decoration. */
export type LooseFate = "header" | "footer" | "artifact" | Mark;

// The picture in CSS pixels, of which there are 96 to the inch: a pixel is ¾ point.

/** 158 mm wide, and 55 mm high unless there is much to say. */
export const WIDTH = 597;
export const HEIGHT = 208;

/** Sizes of text. */
export const TEXT = 11;
export const SMALL_TEXT = 10;
export const SMALLEST_TEXT = 9;

/** The lines under the axis and those of the legend. */
export const ROW = 13;
export const LEGEND_ROW = 17;

/** Between the plot and the lines under it, and between those and the legend. */
export const AXIS_GAP = 6;

/** The line over the plot, where the unit stands. */
export const UNIT_HEIGHT = 20;

/** The width of a legend entry's sign with the gap before its words, and of the gap after them. */
export const SWATCH = 24;
export const ENTRY_GAP = 16;

export const MOST_BAR = 46;
/** How far a target's mark reaches out on each side of the bar, so that it is seen beside it too. */
export const OVERHANG = 6;
/** Half the height of a comparison's mark. */
export const REFERENCE_RADIUS = 5;
/** Between a bar's end and its label. */
export const LABEL_GAP = 3;

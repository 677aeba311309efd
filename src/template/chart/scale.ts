import { type Decimal, sum, tenTo } from "../../core/decimal.ts";

/** The value axis: from a multiple of the step, with zero on it, to room for the labels over the last multiple that the values need. */
export interface Scale {
  readonly min: Decimal;
  readonly max: Decimal;
  readonly step: Decimal;
}

/** How much of the height, in pixels, must be kept free of values for the labels over and under them. */
export interface Room {
  readonly height: number;
  readonly above: number;
  readonly below: number;
}

/** About this many steps are few enough to read at a glance. */
const STEPS = 5;

/** A scale on nice numbers that holds all values and room for their labels; no step is finer than the labels tell apart. */
export function niceScale(values: readonly Decimal[], room: Room, decimals: number): Scale {
  const zero = sum([]);
  const finest = tenTo(-decimals);
  const highest = values.reduce((most, value) => (value.gt(most) ? value : most), zero);
  const lowest = values.reduce((least, value) => (value.lt(least) ? value : least), zero);
  const span = highest.sub(lowest).gt(0) ? highest.sub(lowest) : finest;
  const perPixel = span.div(Math.max(1, room.height - room.above - room.below));
  const top = highest.add(perPixel.mul(room.above));
  const bottom = lowest.sub(perPixel.mul(room.below));
  const step = niceStep(top.sub(bottom).div(STEPS), finest);
  const lastTick = highest.div(step).ceil().mul(step);
  return { min: bottom.div(step).floor().mul(step), max: top.gt(lastTick) ? top : lastTick, step };
}

/** The first of 1, 2, 2½ and 5 times a power of ten that is no less and can be written with the labels' decimals. */
function niceStep(least: Decimal, finest: Decimal): Decimal {
  const power = tenTo(Math.floor(Math.log10(least.valueOf())));
  const candidates = ["1", "2", "2.5", "5", "10"].map((factor) => power.mul(factor));
  return candidates.find((step) => step.gte(least) && step.divisible(finest)) ?? finest;
}

import { type LocalDate, parseIsoDate } from "../core/date.ts";
import { type Decimal, parseDecimal } from "../core/decimal.ts";

/** An optional property as exactOptionalPropertyTypes wants it: there or not, never `undefined`. */
export function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };
}

// The schema has seen to it that these texts can be read; a failure here would be a bug of ours.
/** The day of a text that the schema has let through. */
export function day(text: string): LocalDate {
  const date = parseIsoDate(text);
  if (!date) throw new Error(`not a date after validation: ${text}`);
  return date;
}

/** The day of such a text, where there is one. */
export function optionalDay(text: string | undefined): LocalDate | undefined {
  return text === undefined ? undefined : day(text);
}

/** The number of a text that the schema has let through. */
export function number(text: string): Decimal {
  const value = parseDecimal(text);
  if (!value) throw new Error(`not a number after validation: ${text}`);
  return value;
}

/** The number of such a text, where there is one. */
export function decimal(text: string | undefined): Decimal | undefined {
  return text === undefined ? undefined : number(text);
}

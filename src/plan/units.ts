/** »12«, »3,1 %«, »7 pr. 100.000 indbyggere«; neither »1 250 000«, which is no 1, nor »3 af 8«. */
const numberWithUnit = /^([^\s\p{L}%]{1,30})(?:\s*((?!(?:af|ud|til|eller|og)\s)[\p{L}%€].{0,39}))?$/u;

/** A value in its number and its unit, which may be empty; undefined for what is no such thing. */
export function numberAndUnit(value: string): { readonly number: string; readonly unit: string } | undefined {
  const [, number, unit = ""] = numberWithUnit.exec(value) ?? [];
  return number === undefined ? undefined : { number, unit };
}

/** Whether two units are one, written in two ways. */
export function isSameUnit(a: string, b: string): boolean {
  const plain = (unit: string) =>
    unit
      .toLowerCase()
      .replace(/%|procent/, "pct")
      .replace(/[\s.]/g, "");
  return plain(a) === plain(b);
}

/** Whether a unit is per cent, or per cent of something. */
export function isPercent(unit: string): boolean {
  return /^(?:%|pct|procent)/i.test(unit);
}

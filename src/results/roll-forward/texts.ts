import type { FrontMatter, Path } from "../../plan/front-matter.ts";
import { planYears } from "../../plan/plan.ts";
import { remarksOnText } from "./prose.ts";
import type { Remark } from "./remark.ts";
import type { Step } from "./step.ts";

/** Keys whose text is printed, or said to people, as it stands. */
const prose = new Set([
  "titel",
  "overskrift",
  "rammeoverskrift",
  "mål",
  "målepunkt",
  "bemærkninger",
  "opfyldt",
  "delvist",
  "ikke",
  "anmærkning",
  "kilde",
  "tekst",
  "navn",
  "ansvarlig",
  "strategi",
  "enhed",
]);
/** Keys whose number is agreed for the year. */
const numbers = new Set(["vægt", "point", "point_i_alt", "delvist_tæller", "antal_opfyldt", "antal_delvist"]);

/** Every year and number in the texts of the front matter, and every number that weighs the goals. */
export function remarksOnFrontMatter(front: FrontMatter, step: Step): Remark[] {
  const found: Remark[] = [];
  const visit = (value: unknown, path: Path): void => {
    if (Array.isArray(value)) {
      for (const [index, one] of value.entries()) visit(one, [...path, index]);
    } else if (typeof value === "object" && value !== null) {
      // Who signs is asked about in a remark of its own.
      for (const [key, one] of Object.entries(value)) if (key !== "underskrivere") visit(one, [...path, key]);
    } else if (path.length > 1) {
      const key = String(path.at(-1));
      if (prose.has(key)) {
        // One by one: a hostile text has more remarks than a call takes arguments.
        for (const remark of remarksOnText(front.source, front.spanOf(path), step)) found.push(remark);
      } else if (numbers.has(key) || path.includes("krav") || path[0] === "resultatløn") found.push(agreedNumber(path));
    }
  };
  const agreedNumber = (path: Path): Remark => ({
    kind: "open",
    code: "ny-tal",
    at: front.spanOf(path),
    message: `»${front.textAt(path) ?? ""}« gjaldt i planen for ${planYears(step.from)}.`,
    hint: "Gælder det stadig?",
  });
  visit(front.data, []);
  return [...found, ...remarksOnComments(front, step)];
}

/** Remarks are not printed, but go along with the PDF. */
function remarksOnComments({ source }: FrontMatter, step: Step): Remark[] {
  const end = source.text.search(/\n---[ \t]*\r?(?:\n|$)/);
  return [...source.text.slice(0, end).matchAll(/^[ \t]*#.*$/gm)].flatMap((comment) =>
    remarksOnText(source, { start: comment.index, end: comment.index + comment[0].length }, step),
  );
}

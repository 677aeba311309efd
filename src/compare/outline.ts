import type { Source, Span } from "../core/source.ts";
import { spannedText } from "../core/source.ts";
import type { BodyBlock } from "../plan/body.ts";
import { type FrontMatter, type Path, readFrontMatter } from "../plan/front-matter.ts";
import type { Passage } from "../plan/passage.ts";
import type { Plan } from "../plan/plan.ts";
import { given } from "../plan/written-values.ts";
import { fieldsOf, goalsIn, identityOf, isRecord } from "./fields.ts";

/** What a part of a plan is. */
export type PartKind = "plan" | "group" | "goal" | "signatories" | "section";

/** A part of a plan that is compared with its counterpart: its data in general, a group, a goal, a section of the text. */
export interface Part {
  readonly kind: PartKind;
  /** What it is known by in its plan: a goal's id, a group's key, a section's heading. */
  readonly key: string;
  /** »Mål 2.1 Bedre budgettering«. */
  readonly name: string;
  /** Its title or heading, where it has one. */
  readonly title: string;
  readonly fields: readonly Field[];
  readonly span: Span;
  /** Where its data is, for all but sections. */
  readonly path?: Path;
  /** A section's lines to the next heading; of a goal, what is told of it in the body. */
  readonly lines?: Span;
}

/** A text in a part, with the way back to the file. */
export interface Field {
  /** What it is called: »frist«, »delmål a › måltal › 2022«. */
  readonly label: string;
  readonly text: string;
  /** The offset in the file of an offset in the text. */
  readonly offsetAt: (offset: number) => number;
  /** The names in a list, where the field stands for their order. */
  readonly order?: readonly string[];
}

/** A plan as the parts that it is compared by, in its own order. */
export interface Outline {
  readonly source: Source;
  readonly front: FrontMatter;
  readonly parts: readonly Part[];
  /** Where a part of some kind would be, that is not there. */
  readonly places: Readonly<Record<PartKind, Span>>;
}

/** The parts of a sound plan: all that its file says. */
export function outlineOf(plan: Plan, source: Source): Outline {
  const front = readFrontMatter(source).value;
  if (!front || !isRecord(front.data)) throw new Error("a sound plan has front matter");
  const { mål: _goals, grupper, underskrivere, ...general } = front.data;
  const narratives = narrativesOf(plan);
  const at = (path: Path) => front.keySpan(path);
  const goalsAt = at([grupper === undefined ? "mål" : "grupper"]);
  const parts: Part[] = [
    part("plan", "", "Planens oplysninger", "", fieldsOf(general, front, []), at(["titel"]), { path: [] }),
    ...groupParts(grupper, front, ["grupper"]),
    ...goalsIn(front.data).map(({ goal, group, path }): Part => {
      const { id, number, title } = identityOf(goal, group);
      const told = narratives.get(id);
      const fields = [
        ...(group === "" ? [] : [{ label: "gruppe", text: group, offsetAt: () => at([...path, "nr"]).start }]),
        ...fieldsOf(goal, front, path),
        ...(told ? [fieldOf("tekst", [told])] : []),
      ];
      const name = `Mål ${number} ${title}`.trim();
      const lines = told && source.span(told.offsetAt(0), told.offsetAt(told.text.length));
      return part("goal", id, name, title, fields, front.spanOf([...path, "nr"]), { path, ...given("lines", lines) });
    }),
    part("signatories", "", "Underskrivere", "", signatoryFields(underskrivere, front), at(["underskrivere"]), {
      path: ["underskrivere"],
    }),
    ...sectionsOf(plan),
  ];
  const { body } = plan;
  const end = source.span(body.span.end);
  return {
    source,
    front,
    parts,
    places: { plan: at(["titel"]), group: goalsAt, goal: goalsAt, signatories: at(["underskrivere"]), section: end },
  };
}

function part(
  kind: PartKind,
  key: string,
  name: string,
  title: string,
  fields: readonly Field[],
  span: Span,
  where: Pick<Part, "path" | "lines">,
): Part {
  return { kind, key, name, title, fields, span, ...where };
}

function groupParts(groups: unknown, front: FrontMatter, path: Path): Part[] {
  if (!Array.isArray(groups)) return [];
  return groups.flatMap((group: unknown, index): Part[] => {
    if (!isRecord(group)) return [];
    const { mål: _goals, grupper, ...own } = group;
    const here = [...path, index];
    const name = String(group.navn);
    const fields = fieldsOf(own, front, here);
    return [
      part("group", String(group.nøgle), `Gruppen »${name}«`, name, fields, front.spanOf([...here, "nøgle"]), {
        path: here,
      }),
      ...groupParts(grupper, front, [...here, "grupper"]),
    ];
  });
}

/** Signatories stand in an order, which is part of what is agreed; each is known by name. */
function signatoryFields(signatories: unknown, front: FrontMatter): Field[] {
  return fieldsOf({ underskrivere: signatories }, front, []).map((field) => ({
    ...field,
    label: field.label.replace(/^underskriver /, ""),
  }));
}

/** What the body tells of single goals, by their ids. */
function narrativesOf(plan: Plan): ReadonlyMap<string, Passage> {
  return new Map(
    plan.body.blocks.flatMap((block): [string, Passage][] => {
      const [goal] = block.kind === "goals" ? block.goals : [];
      return block.kind === "goals" && goal && block.narrative ? [[goal.id, block.narrative.passage]] : [];
    }),
  );
}

/** The body's sections, each from a heading to the next; what is told of a goal belongs to the goal. */
function sectionsOf(plan: Plan): Part[] {
  const sections: { heading: (BodyBlock & { kind: "heading" }) | undefined; pieces: Piece[]; span: Span }[] = [];
  for (const block of plan.body.blocks) {
    if (block.kind === "heading") sections.push({ heading: block, pieces: [], span: block.span });
    else {
      if (sections.length === 0) sections.push({ heading: undefined, pieces: [], span: block.span });
      sections.at(-1)?.pieces.push(block.kind === "prose" ? block.prose.passage : headOf(block.span));
    }
  }
  const starts = sections.map(({ span }) => span.source.lineStart(span.source.place(span.start).line));
  return sections.map(({ heading, pieces, span }, index) => {
    const title = heading?.prose.plain.trim() ?? "";
    const name = heading ? `Afsnittet »${title}«` : "Teksten før den første overskrift";
    const fields = [
      ...(heading ? [fieldOf("overskrift", [heading.prose.passage])] : []),
      ...(pieces.length > 0 ? [fieldOf("tekst", pieces)] : []),
    ];
    const lines = span.source.span(starts[index] ?? span.start, starts[index + 1] ?? plan.body.span.end);
    return part("section", title, name, title, fields, span, { lines });
  });
}

/** Markdown, and the way back to the file. */
type Piece = Pick<Passage, "text" | "offsetAt">;

function headOf(span: Span): Piece {
  return { text: spannedText(span), offsetAt: (offset) => span.start + offset };
}

/** A text of several pieces, an empty line between them. */
function fieldOf(label: string, pieces: readonly Piece[]): Field {
  const starts: number[] = [];
  let text = "";
  for (const piece of pieces) {
    if (text !== "") text = `${text.trimEnd()}\n\n`;
    starts.push(text.length);
    text += piece.text;
  }
  const offsetAt = (offset: number) => {
    const index = Math.max(
      0,
      starts.findLastIndex((start) => start <= offset),
    );
    return pieces[index]?.offsetAt(offset - (starts[index] ?? 0)) ?? 0;
  };
  return { label, text, offsetAt };
}

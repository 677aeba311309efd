import { isoDate } from "../core/date.ts";
import { type Diagnostic, error } from "../core/diagnostic.ts";
import { didYouMean } from "../core/suggest.ts";
import { measuredParts } from "../plan/criteria.ts";
import { type Goal, goalsOf, type Plan, type SubGoal } from "../plan/plan.ts";
import { markdownOf } from "../plan/prose-lines.ts";
import type { Entry } from "../plan/yaml-text.ts";
import { roundOf } from "../results/followup/rounds.ts";
import { partNames } from "../results/names.ts";
import type { CellPlace, CellSource } from "./cell-source.ts";
import { aboutLabels, type ColumnKey, kindWords, type RowKind } from "./columns.ts";
import type { Grid, GridRow } from "./grid.ts";
import { isEarlierYear, knownRows, rowName } from "./known-rows.ts";
import { cellName } from "./read-sheet.ts";
import { PATH_MARK } from "./rows.ts";
import { unreadCells } from "./unread.ts";

/** A place in one of the workbook's sheets. */
export interface Mark extends CellPlace {
  readonly source: CellSource;
}

/** A line of the file that is made, with the cells that it comes from. */
export type Line = Entry<Mark>;

/** Turns the rows of a sheet into the lines of a follow-up file. */
export class SheetReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly #plan: Plan;
  readonly #round: string;
  readonly #grid: Grid;
  readonly #rows = new Map<string, GridRow>();
  /** The cells that a line was made of, by their addresses. */
  readonly #read = new Set<string>();

  constructor(plan: Plan, round: string, grid: Grid) {
    this.#plan = plan;
    this.#round = round;
    this.#grid = grid;
  }

  /** What the file says of itself; a sheet of another plan or round is not taken in. */
  about(source: CellSource, values: ReadonlyMap<string, CellPlace & { readonly text: string }>): Line[] {
    const at = (label: string) => values.get(label.toLowerCase());
    for (const [label, the, wanted] of [
      [aboutLabels.plan, "planen", this.#plan.id],
      [aboutLabels.round, "runden", this.#round],
    ] as const) {
      const cell = at(label);
      if (cell && cell.text !== wanted)
        this.diagnostics.push(
          error(
            "andet-ark",
            source.cellSpan(cell),
            `Arket gælder ${the} »${cell.text.slice(0, 60)}«, ikke »${wanted}«.`,
            "Nævn den rigtige plan og runde i kommandoen, eller brug et andet ark.",
          ),
        );
    }
    const round = roundOf(this.#round, this.#plan.period);
    const line = (key: string, label: string, usual: string | undefined): Line[] => {
      const cell = at(label);
      if (!cell || cell.text === usual) return [];
      return [{ key, value: cell.text, marks: { values: [{ ...cell, source }] } }];
    };
    return [
      ...line("eksempel", aboutLabels.example, "nej"),
      ...line("titel", aboutLabels.title, round.title),
      ...line("opgjort", aboutLabels.asOf, round.lastDay && isoDate(round.lastDay)),
    ];
  }

  /** The lines of every goal that has a row. What is written anywhere else than in the cells they are made of is an error. */
  goals(): Line[] {
    const lines = this.#goals();
    const isRead = ({ row, column }: CellPlace) => this.#read.has(cellName(row, column));
    const others = this.#rows.size < this.#grid.rows.length;
    this.diagnostics.push(...unreadCells({ source: this.#grid.source, rows: this.#rows, others, isRead }));
    return lines;
  }

  #goals(): Line[] {
    const known = knownRows(this.#plan);
    for (const row of this.#grid.rows) {
      const name = rowName(row.text("goal"), row.text("kind"), row.text("part"));
      if (!known.has(name) && !isEarlierYear(row, known)) this.#unknown(row, known);
      else if (this.#rows.has(name)) this.#say("række-to-gange", row, "goal", "Rækken står to gange.", "Slet den ene.");
      else this.#rows.set(name, row);
    }
    return goalsOf(this.#plan.groups).flatMap((goal) => {
      const name = goal.called;
      const row = this.#row(name, "goal", []);
      if (row) return [this.#line(name, row, "goal", this.#goal(goal, name, row))];
      this.diagnostics.push(
        error(
          "række-mangler",
          this.#grid.source.cellSpan({ row: 1, column: 1 }),
          `Arket har ingen række til mål ${name}.`,
          "Hent et nyt ark, eller sæt rækken ind igen.",
        ),
      );
      return [];
    });
  }

  #unknown(row: GridRow, known: ReadonlySet<string>): void {
    const said = [row.text("goal"), row.text("kind"), row.text("part")].filter((one) => one !== "").join(" · ");
    if (said === "")
      this.#say(
        "ukendt-række",
        row,
        "goal",
        "Rækken siger ikke, hvad den gælder.",
        "Udfyld de første kolonner, eller slet den.",
      );
    else
      this.#say(
        "ukendt-række",
        row,
        "goal",
        `Planen har intet, der hedder »${said.slice(0, 100)}«.`,
        didYouMean(
          said,
          [...known].map((name) => name.split("\n").filter(Boolean).join(" · ")),
        ) ?? "Slet rækken; kun planens egne kan læses.",
      );
  }

  #row(goal: string, kind: RowKind, path: readonly string[]): GridRow | undefined {
    return this.#rows.get(rowName(goal, kindWords[kind], path.join(PATH_MARK)));
  }

  #goal(goal: Goal, name: string, row: GridRow): Line[] {
    const milestones = goal.milestones.flatMap((milestone, index): Line[] => {
      const key = milestone.number ?? String(index + 1);
      const own = this.#row(name, "milestone", [key]);
      return own
        ? [this.#line(key, own, "part", this.#cells(own, ["status", "date", "expectation", "comment"], true))]
        : [];
    });
    return [
      ...this.#cells(row, ["status"]),
      ...this.#measured(goal, row, { goal: name, path: [] }),
      ...(milestones.length > 0 ? [{ key: "milepæle", value: { under: milestones } }] : []),
    ];
  }

  #measured(of: Goal | SubGoal, row: GridRow, at: { readonly goal: string; readonly path: readonly string[] }): Line[] {
    const demands = of.measure.criterion ? measuredParts(of.measure.criterion) : [];
    const listed = demands.flatMap(
      (_demand, index) => this.#row(at.goal, "demand", [...at.path, String(index + 1)]) ?? [],
    );
    const many = listed.some((one) => one.text("soFar") !== "") && row.text("soFar") === "";
    const list = (): Line => ({
      key: "indtil_nu",
      value: listed.map((one) => one.text("soFar") || "?"),
      marks: { values: listed.map((one) => this.#mark(one, "soFar")) },
    });
    const names = [...new Set(demands.flatMap((one) => ("reference" in one ? [one.reference] : [])))];
    const years = this.#yearsUnder(at.goal, at.path);
    const partKeys = partNames(of.subGoals).map((all) => all[0] ?? "");
    const parts = of.subGoals.flatMap((part, index): Line[] => {
      const path = [...at.path, partKeys[index] ?? ""];
      const own = this.#row(at.goal, "part", path);
      if (!own) return [];
      const inside = [...this.#cells(own, ["status"], true), ...this.#measured(part, own, { goal: at.goal, path })];
      return [this.#line(partKeys[index] ?? "", own, "part", inside)];
    });
    return [
      ...(many ? [list()] : this.#cells(row, ["soFar"], true)),
      ...this.#unit(of, row),
      ...this.#cells(row, ["date", "expectation", "comment"], true),
      ...this.#compared("referencer", "reference", names, at),
      ...this.#compared("tidligere", "earlier", years, at),
      ...(parts.length > 0 ? [{ key: "delmål", value: { under: parts } }] : []),
    ];
  }

  /** The earlier years of a goal or sub-goal that have a row, in the sheet's order. */
  #yearsUnder(goal: string, path: readonly string[]): string[] {
    const start = rowName(goal, kindWords.earlier, [...path, ""].join(PATH_MARK));
    const rests = [...this.#rows.keys()]
      .filter((name) => name.startsWith(start))
      .map((name) => name.slice(start.length));
    return rests.filter((rest) => /^\d{4}$/.test(rest));
  }

  /** A unit is told where it is not the plan's: it may be another one. */
  #unit(of: Goal | SubGoal, row: GridRow): Line[] {
    return row.text("unit") === (of.measure.unit ?? "") ? [] : this.#cells(row, ["unit"], true);
  }

  #compared(
    key: string,
    kind: RowKind,
    names: readonly string[],
    at: { readonly goal: string; readonly path: readonly string[] },
  ): Line[] {
    const under = names.flatMap((name): Line[] => {
      const row = this.#row(at.goal, kind, [...at.path, name]);
      if (!row || row.text("soFar") === "") return [];
      return [this.#line(name, row, "part", row.text("soFar"), this.#mark(row, "soFar"))];
    });
    return under.length > 0 ? [{ key, value: { under } }] : [];
  }

  #line(key: string, row: GridRow, named: ColumnKey, value: string | readonly Line[], mark?: Mark): Line {
    const keyMark = this.#mark(row, named);
    if (typeof value === "string") return { key, value, marks: { key: keyMark, ...(mark ? { values: [mark] } : {}) } };
    // A row in which nothing is filled in is still there.
    return {
      key,
      value: { under: value.length > 0 ? value : [{ key: "kommentar", value: "" }] },
      marks: { key: keyMark },
    };
  }

  /** Lines for the cells of some columns; with `filled`, for those only that hold something. */
  #cells(row: GridRow, keys: readonly (keyof typeof written)[], filled = false): Line[] {
    return keys.flatMap((key) => {
      const text = row.text(key);
      if (filled && text === "") return [];
      return [{ key: written[key].key, value: written[key].as(text), marks: { values: [this.#mark(row, key)] } }];
    });
  }

  /** The place of a cell that a line is made of. */
  #mark(row: GridRow, key: ColumnKey): Mark {
    const place = row.place(key);
    this.#read.add(cellName(place.row, place.column));
    return { ...place, source: this.#grid.source };
  }

  #say(code: string, row: GridRow, key: ColumnKey, message: string, hint: string): void {
    this.diagnostics.push(error(code, this.#grid.source.cellSpan(row.place(key)), message, hint));
  }
}

/** What the columns are called in the file, and how their words are written there. */
const written = {
  status: { key: "status", as: (text: string) => text.toLowerCase() },
  soFar: { key: "indtil_nu", as: (text: string) => text },
  unit: { key: "enhed", as: (text: string) => text },
  date: { key: "dato", as: (text: string) => text },
  expectation: { key: "forventning", as: markdownOf },
  comment: { key: "kommentar", as: markdownOf },
} as const;

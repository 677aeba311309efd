import { dayOfWeek, weekdays } from "../core/calendar.ts";
import { longDate } from "../core/danish.ts";
import { isoDate, type LocalDate } from "../core/date.ts";
import { dayOff } from "../core/holidays.ts";
import type { PlanDeadlines } from "../pipeline/year/deadlines.ts";
import type { Deadline } from "../plan/deadlines.ts";
import { DATA_VERSION } from "./data.ts";
import type { Paint } from "./paint.ts";

/** What counts as a day off, and what is done about it: said under every list. */
export const deadlineRules = [
  "Fridage er lørdage, søndage, helligdage, grundlovsdag, juleaftensdag og nytårsaftensdag.",
  "En opfølgning, der falder på en fridag, flyttes kun, når planen siger det (hverdag: næste eller forrige),",
  "eller når du beder om det med --hverdag. Målenes og milepælenes frister flyttes aldrig.",
].join("\n");

/** What to write where a plan does not say when. */
export const openDeadlineAdvice =
  "Hvor der står »uden frist«, siger planens oplysninger ikke hvornår. Skriv frist: under »opfølgning«, for eksempel\n" +
  "frist: 14 dage efter 2. kvartal, frist: 15. marts året efter eller en dato. Er planen underskrevet, gælder den, som den er.";

/** A plan's deadlines as a table: day, weekday, what, and how the day came about. */
export function deadlineLines({ file, deadlines }: PlanDeadlines, paint: Paint): string[] {
  if (deadlines.length === 0) return [paint("bold", file.id), "  ingen frister"];
  const names = deadlines.map((one) => shortened(one.name));
  const width = Math.max(...names.map((name) => name.length));
  return [
    paint("bold", file.id),
    ...deadlines.map((deadline, index) => {
      const { date } = deadline;
      const day = date ? `${isoDate(date)}  ${weekdayOf(date).padEnd(7)}` : "uden frist".padEnd(19);
      return `  ${day}  ${(names[index] ?? "").padEnd(width)}  ${paint("dim", explanation(deadline))}`.trimEnd();
    }),
  ];
}

/** How a day came about: »14 dage efter 2. kvartal; flyttet fra lørdag den 14. januar 2023«; nothing for a day that is written. */
export function explanation({ date, rule, movedFrom, kind }: Deadline): string {
  const off = date && dayOff(date);
  return [
    ...(rule === undefined ? [] : [rule]),
    ...(movedFrom ? [`flyttet fra ${dayOff(movedFrom)} den ${longDate(movedFrom)}`] : []),
    ...(off && kind === "followUp" ? [`falder på en fridag (${off})`] : []),
  ].join("; ");
}

/** Deadlines as plain data for `--json`. */
export function deadlinesAsData(plans: readonly PlanDeadlines[]): object {
  return {
    version: DATA_VERSION,
    plans: plans.map(({ file, deadlines }) => ({
      id: file.id,
      path: file.path,
      deadlines: deadlines.map((one) => {
        const { line, column } = one.span.source.place(one.span.start);
        return {
          kind: one.kind,
          key: one.key,
          name: one.name,
          date: one.date ? isoDate(one.date) : null,
          weekday: one.date ? weekdayOf(one.date) : null,
          dayOff: (one.date && dayOff(one.date)) ?? null,
          rule: one.rule ?? null,
          movedFrom: one.movedFrom ? isoDate(one.movedFrom) : null,
          line,
          column,
        };
      }),
    })),
  };
}

function weekdayOf(date: LocalDate): string {
  return weekdays[dayOfWeek(date)] ?? "";
}

/** A milestone's text may be a paragraph. */
function shortened(name: string): string {
  const line = name.replace(/\s+/g, " ");
  return line.length > 70 ? `${line.slice(0, 69).trimEnd()}…` : line;
}

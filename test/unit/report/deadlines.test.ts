import ICAL from "ical.js";
import { describe, expect, test } from "vitest";
import type { WorkdayRule } from "../../../src/core/holidays.ts";
import { Source } from "../../../src/core/source.ts";
import type { PlanDeadlines } from "../../../src/pipeline/year/deadlines.ts";
import { deadlinesOf } from "../../../src/plan/deadlines.ts";
import { parsePlan } from "../../../src/plan/load.ts";
import { calendarOf } from "../../../src/report/calendar.ts";
import { deadlineLines, deadlinesAsData } from "../../../src/report/deadlines.ts";

const text = `---
skabelon: resultatplan-2022
titel: "Resultatplan 2022; æøå, \\\\ og mere"
institution: { navn: "Styrelsen for Øer, Åer og Ærø; den meget lange institution med det lange navn" }
ministerium: Eksempelministeriet
periode: { fra: 2022-01-01, til: 2022-12-31 }
opgørelse: { metode: binær }
opfølgning:
  - { navn: 4. kvartal, frist: 14 dage efter 4. kvartal, hverdag: næste }
  - { navn: påske, frist: 2022-04-14, hverdag: forrige }
  - { navn: fast, frist: 2022-12-31, hverdag: uændret }
  - { navn: 2. kvartal, frist: 2022-07-16 }
  - { navn: 2. kvartal, frist: 14 hverdage efter 2. kvartal }
  - { navn: udgiftsopfølgning 2 }
mål:
  - nr: 1
    titel: Ny vejledning
    mål: Vejledningen udgives.
    frist: 2022-10-01
    kriterium: { senest: 2022-10-01 }
    milepæle:
      - { tekst: Udkast er sendt i høring hos alle kommuner og regioner og statslige myndigheder i hele landet, frist: 2022-05-26 }
      - { tekst: Uden frist }
  - nr: 2
    titel: Strategi
    mål: Strategien er klar.
    delmål:
      - { nr: a, titel: Udkast, kriterium: { alle: [ { mindst: 1 }, { senest: 2022-06-01 } ] } }
underskrivere:
  - { navn: Anne Jensen, stilling: Departementschef, organisation: Eksempelministeriet, sted: København, dato: 2021-12-09 }
---

## Mål

:::mål
:::

:::underskrifter
:::
`;

function read(written = text, workday: WorkdayRule = "unchanged"): PlanDeadlines {
  const { value: plan, diagnostics } = parsePlan("oe-2022", new Source("plan.md", written));
  if (!plan) throw new Error(diagnostics.map((one) => one.message).join("\n"));
  const file = { id: "oe-2022", path: "plans/oe-2022/plan.md" };
  return { file, plan, dated: plan.period.from, deadlines: deadlinesOf(plan, workday) };
}

const plain = (_style: string, words: string) => words;

describe("the list", () => {
  test("has every deadline, the earliest first, with its weekday and how it came about", () => {
    expect(deadlineLines(read(), plain).map((line) => line.replace(/ {3,}/g, "  "))).toEqual([
      "oe-2022",
      "  2022-04-13  onsdag  Opfølgning: påske  flyttet fra skærtorsdag den 14. april 2022",
      "  2022-05-26  torsdag  Mål 1, milepæl 1: Udkast er sendt i høring hos alle kommuner og regio…",
      "  2022-06-01  onsdag  Mål 2, delmål a: Udkast",
      "  2022-07-16  lørdag  Opfølgning: 2. kvartal  falder på en fridag (lørdag)",
      "  2022-07-20  onsdag  Opfølgning: 2. kvartal  14 hverdage efter 2. kvartal",
      "  2022-10-01  lørdag  Mål 1: Ny vejledning",
      "  2022-12-31  lørdag  Opfølgning: fast  falder på en fridag (nytårsaftensdag)",
      "  2023-01-16  mandag  Opfølgning: 4. kvartal  14 dage efter 4. kvartal; flyttet fra lørdag den 14. januar 2023",
      "  uden frist  Opfølgning: udgiftsopfølgning 2",
    ]);
  });

  test("moves what the plan says nothing of as it is asked to, and never goals", () => {
    const days = (workday: WorkdayRule) =>
      read(text, workday).deadlines.map((one) => [one.name.slice(0, 22), one.date?.month, one.date?.day].join(" "));
    expect(days("next")).toContain("Opfølgning: 2. kvartal 7 18");
    expect(days("previous")).toContain("Opfølgning: 2. kvartal 7 15");
    for (const workday of ["next", "previous"] as const) {
      expect(days(workday)).toContain("Mål 1: Ny vejledning 10 1");
      expect(days(workday)).toContain("Opfølgning: fast 12 31");
    }
  });

  test("says as data where each of them stands", () => {
    const data = deadlinesAsData([read()]) as { plans: { deadlines: Record<string, unknown>[] }[] };
    expect(data.plans[0]?.deadlines[7]).toEqual({
      kind: "followUp",
      key: "opfølgning/4. kvartal",
      name: "Opfølgning: 4. kvartal",
      date: "2023-01-16",
      weekday: "mandag",
      dayOff: null,
      rule: "14 dage efter 4. kvartal",
      movedFrom: "2023-01-14",
      line: 9,
      column: 32,
    });
  });
});

describe("the calendar", () => {
  const calendar = calendarOf([read()]);

  test("is RFC 5545 to the letter: CRLF, at most 75 octets a line, no control characters", () => {
    expect(calendar.endsWith("END:VCALENDAR\r\n")).toBe(true);
    expect(calendar.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const lines = calendar.split("\r\n").slice(0, -1);
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
    expect(lines.filter((line) => line.startsWith(" ")).length).toBeGreaterThan(5);
    // A letter of two octets is never cut in two.
    expect(lines.join("\n")).not.toContain("\uFFFD");
  });

  test("is read by another's parser as the days and words that were meant", () => {
    const component = new ICAL.Component(ICAL.parse(calendar));
    const events = component.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
    expect(component.getFirstPropertyValue("version")).toBe("2.0");
    expect(events.map((one) => `${one.startDate} ${one.endDate}`)).toEqual([
      "2022-04-13 2022-04-14",
      "2022-05-26 2022-05-27",
      "2022-06-01 2022-06-02",
      "2022-07-16 2022-07-17",
      "2022-07-20 2022-07-21",
      "2022-10-01 2022-10-02",
      "2022-12-31 2023-01-01",
      "2023-01-16 2023-01-17",
    ]);
    expect(events.every((one) => one.startDate.isDate && one.endDate.isDate)).toBe(true);
    const last = events.at(-1);
    expect(last?.summary).toBe(
      "Styrelsen for Øer, Åer og Ærø; den meget lange institution med det lange navn: Opfølgning: 4. kvartal",
    );
    expect(last?.description).toBe(
      "Resultatplan 2022; æøå, \\ og mere\n14 dage efter 4. kvartal; flyttet fra lørdag den 14. januar 2023",
    );
    expect(last?.component.getFirstPropertyValue("transp")).toBe("TRANSPARENT");
    expect(last?.component.getFirstPropertyValue("dtstamp")?.toString()).toBe("2022-01-01T00:00:00Z");
    const alarm = last?.component.getFirstSubcomponent("valarm");
    expect(alarm?.getFirstPropertyValue("action")).toBe("DISPLAY");
    expect(alarm?.getFirstPropertyValue("trigger")?.toString()).toBe("-P7D");
  });

  test("has the same bytes every time, and keeps an entry's UID when its day is moved", () => {
    expect(calendarOf([read()])).toBe(calendar);
    const uids = (calendarText: string) => [...calendarText.matchAll(/^UID:(.*)\r$/gm)].map((match) => match[1] ?? "");
    expect(new Set(uids(calendar)).size).toBe(8);
    const moved = calendarOf([read(text.replaceAll("2022-10-01", "2022-11-01").replace("2022-07-16", "2022-07-17"))]);
    expect(uids(moved).toSorted()).toEqual(uids(calendar).toSorted());
    expect(moved).not.toBe(calendar);
  });

  test("of a plan without a day is a calendar without entries", () => {
    const none = calendarOf([]);
    expect(new ICAL.Component(ICAL.parse(none)).getAllSubcomponents("vevent")).toEqual([]);
  });
});

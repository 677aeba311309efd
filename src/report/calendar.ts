import { ICalAlarmType, ICalCalendar, ICalEventTransparency } from "ical-generator";
import { addDays } from "../core/calendar.ts";
import type { LocalDate } from "../core/date.ts";
import { sha256 } from "../core/identity.ts";
import type { PlanDeadlines } from "../pipeline/year/deadlines.ts";
import type { Deadline } from "../plan/deadlines.ts";
import { explanation } from "./deadlines.ts";

/** A week before, in seconds: when a calendar reminds of a deadline. */
const REMINDER = 7 * 24 * 3600;

/**
 * Deadlines as a calendar that Outlook and others import (RFC 5545): a whole day each. An entry keeps its UID for as long as
 * the plan's id and what is due are the same, so that a new import moves it. Deadlines without a day are left out.
 * The same plans give the same bytes.
 */
export function calendarOf(plans: readonly PlanDeadlines[]): string {
  const calendar = new ICalCalendar({
    prodId: { company: "resultatplan", product: "frister", language: "DA" },
    name: "Frister",
    scale: "gregorian",
  });
  for (const { file, plan, dated, deadlines } of plans) {
    for (const deadline of deadlines) {
      if (!deadline.date) continue;
      const event = calendar.createEvent({
        id: uidOf(file.id, deadline),
        start: utc(deadline.date),
        // The end of a whole day is the day after, which does not count (RFC 5545, 3.6.1).
        end: utc(addDays(deadline.date, 1)),
        allDay: true,
        stamp: utc(dated),
        summary: clean(`${plan.institution.shortName}: ${deadline.name}`),
        description: clean([plan.title, explanation(deadline)].filter((text) => text !== "").join("\n")),
        // A deadline leaves the day free.
        transparency: ICalEventTransparency.TRANSPARENT,
      });
      event.createAlarm({ type: ICalAlarmType.display, triggerBefore: REMINDER, description: clean(deadline.name) });
    }
  }
  // RFC 5545, 3.1: every line ends with CRLF, the last one too.
  return `${calendar.toString().trimEnd()}\r\n`;
}

function uidOf(plan: string, deadline: Deadline): string {
  return `${sha256(`${plan}\n${deadline.key}`).slice(0, 32)}@resultatplan`;
}

function utc({ year, month, day }: LocalDate): Date {
  return new Date(Date.UTC(year, month - 1, day));
}

/** Long texts make no good calendar; characters that nobody sees have no place in one. */
function clean(text: string): string {
  const line = text.replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, " ").trim();
  return line.length > 300 ? `${line.slice(0, 299).trimEnd()}…` : line;
}

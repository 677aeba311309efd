import type { Command } from "commander";
import { didYouMean } from "../../core/suggest.ts";
import { usage } from "../usage.ts";
import type { Host } from "./host.ts";
import { addNewPlan } from "./new-plan.ts";

/** The commands of a plan's year: its beginning and its deadlines. */
export function addYearCommands(program: Command, host: Host): void {
  addDeadlines(program, host);
  const made = program
    .command("new")
    .description("lav en fil, der er klar til at blive udfyldt")
    .usage("hvad [valg]")
    .helpCommand(false)
    .argument("[hvad]", "en af kommandoerne nedenfor")
    .action((what?: string) => {
      const names = made.commands.map((one) => one.name());
      const message = what === undefined ? "Her mangler, hvad der skal laves." : `»${what}« kan ikke laves.`;
      throw usage(message, didYouMean(what ?? "", names));
    });
  addNewPlan(made, host);
}

function addDeadlines(program: Command, { console, finish }: Host): void {
  program
    .command("deadlines")
    .description("vis planernes frister, og skriv dem som en kalender")
    .usage("[valg] [planer …]")
    .argument("[planer...]", "planernes id'er eller mapper")
    .option("--ics <fil>", "skriv fristerne som en kalender, der kan importeres i Outlook")
    .option("--hverdag <regel>", "næste, forrige eller uændret: en opfølgning på en fridag, når planen ikke siger det")
    .option("--root <mappe>", "mappen med plans/ (ellers den, du står i)")
    .option("--json", "skriv resultatet som JSON")
    .action(async (plans: string[], options) => {
      const { deadlines } = await import("../deadlines.ts");
      const { root = ".", ics, hverdag: workday, json = false } = options;
      finish(await deadlines({ plans, root, ics, workday, json }, console));
    });
}

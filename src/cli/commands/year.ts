import type { Command } from "commander";
import { didYouMean } from "../../core/suggest.ts";
import { usage } from "../usage.ts";
import type { Host } from "./host.ts";
import { addNewPlan } from "./new-plan.ts";
import { browserOption, workspaceOption } from "./options.ts";

/** The commands for the time between a plan's signature and the årsrapport. */
export function addYearCommands(program: Command, host: Host): void {
  const { console, signal, finish } = host;
  program
    .command("status")
    .description("byg status efter en runde: PDF, CSV og regneark; alle runder, når ingen er nævnt")
    .usage("[valg] plan [runder …]")
    .argument("<plan>", "planens id eller mappe")
    .argument("[runder...]", "rundernes navne, som i opfoelgning-<runde>.md")
    .addOption(workspaceOption)
    .addOption(browserOption)
    .option("--json", "skriv resultatet som JSON")
    .action(async (plan: string, rounds: string[], options) => {
      const { status } = await import("../build.ts");
      const { root = ".", browser, json = false } = options;
      finish(await status({ plans: [plan], root, browser, json }, rounds, console, signal));
    });

  common(program.command("import"))
    .description("lav en opfølgningsfil af et udfyldt regneark")
    .usage("[valg] plan runde ark.xlsx")
    .argument("<plan>", "planens id eller mappe")
    .argument("<runde>", "rundens navn, for eksempel 2-kvartal")
    .argument("<ark>", "det udfyldte regneark (.xlsx)")
    .action(async (plan: string, round: string, sheet: string, options) => {
      const { importSheet } = await import("../new-file.ts");
      finish(await importSheet({ ...asked(plan, options), round, sheet }, console));
    });

  addDeadlines(program, host);
  const made = program
    .command("new")
    .description("lav en fil, der er klar til at blive udfyldt: en plan, en opfølgning eller resultater")
    .usage("hvad [valg]")
    .helpCommand(false)
    .argument("[hvad]", "en af kommandoerne nedenfor")
    .action((what?: string) => {
      const names = made.commands.map((one) => one.name());
      const message = what === undefined ? "Her mangler, hvad der skal laves." : `»${what}« kan ikke laves.`;
      throw usage(message, didYouMean(what ?? "", names));
    });
  addNewPlan(made, host);
  addNewFollowUp(made, host);
  addNewResults(made, host);
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

function addNewFollowUp(made: Command, { console, finish }: Host): void {
  const name = "opfoelgning";
  common(made.command(name))
    .description("en opfølgningsfil med alle planens mål, eller et regneark med --ark")
    .usage("plan runde [valg]")
    .argument("<plan>", "planens id eller mappe")
    .argument("<runde>", "rundens navn, for eksempel 2-kvartal, halvaar eller uo2")
    .option("--ark <fil>", "lav et regneark (.xlsx) i stedet for en tekstfil")
    .action(async (plan: string, round: string, options) => {
      const { followUpFile } = await import("../new-file.ts");
      finish(await followUpFile({ ...asked(plan, options), round, sheet: options.ark }, console));
    });
}

function addNewResults(made: Command, { console, finish }: Host): void {
  const name = "resultater";
  common(made.command(name))
    .description("en resultatfil med alle planens mål")
    .usage("plan [valg]")
    .argument("<plan>", "planens id eller mappe")
    .action(async (plan: string, options) => {
      const { resultsFile } = await import("../new-file.ts");
      finish(await resultsFile(asked(plan, options), console));
    });
}

/** What every command takes that writes a file into a plan's folder. */
function common(command: Command): Command {
  return command
    .option("--root <mappe>", "mappen med plans/ (ellers den, du står i)")
    .option("--json", "skriv resultatet som JSON");
}

function asked(plan: string, options: { root?: string; json?: boolean }) {
  return { plan, root: options.root ?? ".", json: options.json === true };
}

import type { Command } from "commander";
import type { Host } from "./host.ts";

/** The commands of a plan's year: its beginning, its deadlines. */
export function addYearCommands(program: Command, { console, signal, finish }: Host): void {
  const create = program.command("new").description("begynd en ny plan").usage("<hvad> [valg]").helpCommand(false);

  create
    .command("plan")
    .description("begynd en ny plan: spørg om det, der ikke er givet, og skriv plan.md")
    .usage("[valg]")
    .option("--from <plan>", "næste års plan, lavet af en tidligere")
    .option("--skabelon <navn>", "formen: en mappe under templates/")
    .option("--institution <navn>", "institutionens fulde navn")
    .option("--kort <navn>", "institutionens korte navn")
    .option("--ministerium <navn>", "ministeriets navn")
    .option("--aar <år>", "planens år, for eksempel 2027 eller 2027-2029")
    .option("--titel <titel>", "dokumentets titel (ellers formens navn og året)")
    .option("--underskriver <person...>", "»navn; stilling; organisation; sted«, én for hver, der skriver under")
    .option("--id <id>", "planens id, navnet på dens mappe (ellers institutionen og året)")
    .option("--root <mappe>", "mappen med plans/ og templates/ (ellers den, du står i)")
    .option("--json", "skriv resultatet som JSON")
    .action(async (options) => {
      const { newPlan } = await import("../new-plan.ts");
      const { root = ".", json = false, underskriver: signatories = [], from, ...rest } = options;
      finish(await newPlan({ from, answers: { ...rest, underskriver: signatories }, root, json }, console, signal));
    });

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

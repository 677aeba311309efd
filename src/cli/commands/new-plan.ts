import type { Command } from "commander";
import type { Host } from "./host.ts";

/** `new plan`: a new plan, or next year's. */
export function addNewPlan(made: Command, { console, signal, finish }: Host): void {
  const name = "plan";
  made
    .command(name)
    .description("en ny plan: spørg om det, der ikke er givet, og skriv plan.md; eller næste års plan med --from")
    .usage("[valg]")
    .option("--from <plan>", "næste års plan, lavet af en tidligere")
    .option("--skabelon <navn>", "skabelonen: en mappe under templates/")
    .option("--institution <navn>", "institutionens fulde navn")
    .option("--kort <navn>", "institutionens korte navn")
    .option("--ministerium <navn>", "ministeriets navn")
    .option("--aar <år>", "planens år, for eksempel 2027 eller 2027-2029")
    .option("--titel <titel>", "dokumentets titel (ellers skabelonens navn på en plan og året)")
    .option("--underskriver <person...>", "»navn; stilling; organisation; sted«, én for hver, der skriver under")
    .option("--id <id>", "planens id, navnet på dens mappe (ellers institutionen og året)")
    .option("--root <mappe>", "mappen med plans/ og templates/ (ellers den, du står i)")
    .option("--json", "skriv resultatet som JSON")
    .action(async (options) => {
      const { newPlan } = await import("../new-plan.ts");
      const { root = ".", json = false, underskriver: signatories = [], from, ...rest } = options;
      finish(await newPlan({ from, answers: { ...rest, underskriver: signatories }, root, json }, console, signal));
    });
}

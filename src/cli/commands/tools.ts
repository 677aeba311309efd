import type { Command } from "commander";
import { didYouMean } from "../../core/suggest.ts";
import { usage } from "../usage.ts";
import type { Host } from "./host.ts";

/** The commands for the machine and the editor. */
export function addToolCommands(program: Command, { console, signal, version, finish }: Host): void {
  program
    .command("doctor")
    .description("undersøg maskinen: browser, skrifter, versioner, og hvad der mangler")
    .usage("[valg]")
    .option("--root <mappe>", "mappen med templates/ (ellers den, du står i)")
    .option("--browser <sti>", "den browser, der skal undersøges: sti eller adresse")
    .option("--json", "skriv resultatet som JSON")
    .action(async (options) => {
      const { doctor } = await import("../doctor.ts");
      finish(
        await doctor(
          { root: options.root ?? ".", browser: options.browser, json: options.json === true, version },
          console,
          signal,
        ),
      );
    });

  program
    .command("schema")
    .description("skriv JSON Schema for oplysningerne i en fil, som giver hjælp i en editor")
    .usage("[fil]")
    .argument("[fil]", "plan (ellers den), opfoelgning, resultater eller resultatloen")
    .action(async (file = "plan") => {
      const { jsonSchemaOf, schemaNames } = await import("../schema.ts");
      const schema = jsonSchemaOf(file);
      if (!schema) throw usage(`Der er intet skema »${file}«.`, didYouMean(file, schemaNames));
      console.out(JSON.stringify(schema, null, 2));
      finish("done");
    });
}

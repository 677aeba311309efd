import type { Command } from "commander";
import type { Host } from "./host.ts";

/** The commands for PDF files, whoever made them. */
export function addPdfCommands(program: Command, { console, signal, finish }: Host): void {
  program
    .command("merge")
    .description("sæt PDF-filer sammen, så opmærkning, bogmærker, henvisninger og bilag følger med")
    .usage("[valg] filer … -o samlet.pdf")
    .argument("<filer...>", "PDF-filerne i deres rækkefølge")
    .requiredOption("-o, --output <fil>", "den fil, der skal skrives")
    .option("--json", "skriv resultatet som JSON")
    .action(async (files: string[], options) => {
      const { merge } = await import("../merge.ts");
      finish(await merge({ files, output: options.output, json: options.json === true }, console, signal));
    });

  program
    .command("check-pdf")
    .description("sig, hvad der er i vejen for at underskrive en PDF med NemLog-in")
    .usage("[valg] fil.pdf")
    .argument("<fil>", "PDF-filen")
    .option("--nemlogin", "efter NemLog-ins regler (de eneste, der kendes)")
    .option("--json", "skriv resultatet som JSON")
    .action(async (file: string, options) => {
      const { checkPdf } = await import("../check-pdf.ts");
      finish(await checkPdf({ file, json: options.json === true }, console));
    });

  program
    .command("inspect")
    .description("sig, hvad en PDF er og rummer, uden at dømme den")
    .usage("[valg] <pdf>")
    .argument("<pdf>", "den PDF-fil, der skal undersøges")
    .option("--kilde <mappe>", "planens mappe: er dens filer stadig dem, PDF'en er dannet af?")
    .option("--json", "skriv resultatet som JSON")
    .action(async (file: string, options) => {
      const { inspect } = await import("../inspect.ts");
      finish(await inspect({ file, source: options.kilde, json: options.json === true }, console));
    });
}

import type { Command } from "commander";
import type { Host } from "./host.ts";
import { afterOption, beforeOption, insteadOption } from "./options.ts";

/** The commands for PDF files, whoever made them. */
export function addPdfCommands(program: Command, { console, signal, finish }: Host): void {
  program
    .command("merge")
    .description("sæt PDF-filer sammen, så opmærkning, bogmærker, henvisninger og bilag følger med")
    .usage("[valg] filer … -o samlet.pdf")
    .argument("<filer...>", "PDF-filerne i deres rækkefølge; nogle af en fils sider tages med som »bilag.pdf:3-5«")
    .requiredOption("-o, --output <fil>", "den fil, der skal skrives")
    .option("--at <sted>", "sæt de andre ind i den første: bogmærke, overskrift eller »side 12« i den")
    .addOption(beforeOption)
    .addOption(afterOption)
    .addOption(insteadOption)
    .option(
      "--alt <fil=tekst...>",
      "hvad en side af en fil uden opmærkning viser, for en, der ikke ser den; en tekst for hver side",
    )
    .option("--attach <filer...>", "læg filer ved, som de er, for eksempel en underskrevet PDF")
    .option("--json", "skriv resultatet som JSON")
    .action(async (files: string[], options) => {
      const { output, at, before = false, after = false, instead = false, alt = [], attach = [] } = options;
      const { merge } = await import("../merge.ts");
      finish(
        await merge(
          {
            files,
            output,
            at,
            before,
            after,
            instead,
            alternatives: alt,
            attached: attach,
            json: options.json === true,
          },
          console,
          signal,
        ),
      );
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

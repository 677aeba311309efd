import type { Command } from "commander";
import type { BuildCommand } from "../build.ts";
import type { Host } from "./host.ts";
import { afterOption, beforeOption, browserOption, insteadOption, workspaceOption } from "./options.ts";

/** The commands that make documents of plans. */
export function addDocumentCommands(program: Command, { console, signal, finish }: Host): void {
  buildsPlans(program.command("build"), "[planer...]")
    .description("byg planen, og målrapporteringen, hvor der er resultater; alle planer, når ingen er nævnt")
    .option("--filnavn <mønster>", 'filernes navne, for eksempel "{år} {institution} {dokument}"')
    .option("--watch", "bliv ved, og byg igen, hver gang en fil ændres; Ctrl+C slutter")
    .action(async (plans: string[], options) => {
      const { build } = await import("../build.ts");
      const { filnavn: fileName, watch = false } = options;
      finish(await build({ ...asked(plans, options), fileName, watch }, console, signal));
    });

  buildsPlans(program.command("report"), "<planer...>")
    .description("byg målrapporteringen alene, af planens resultater")
    .option("--into <pdf>", "sæt den ind i en årsrapport, der er lavet andre steder; kræver --at")
    .option("--at <sted>", "bogmærke, overskrift eller »side 12« i årsrapporten")
    .addOption(beforeOption)
    .addOption(afterOption)
    .addOption(insteadOption)
    .action(async (plans: string[], options) => {
      const command = asked(plans, options);
      if (options.into === undefined) {
        const { report } = await import("../build.ts");
        finish(await report(command, console, signal));
        return;
      }
      const { reportInto } = await import("../merge.ts");
      const { into, at, before = false, after = false, instead = false } = options;
      finish(await reportInto(command, { into, at, before, after, instead }, console, signal));
    });

  buildsPlans(program.command("pay"), "<planer...>")
    .description("beregn chefens resultatløn i et dokument for sig, som ikke offentliggøres")
    .action(async (plans: string[], options) => {
      const { pay } = await import("../build.ts");
      finish(await pay(asked(plans, options), console, signal));
    });

  buildsPlans(program.command("signature-package"), "<planer...>")
    .description(
      "byg de kopier af planen, der underskrives med MitID gennem NemLog-in, og saml dem, når de er underskrevet",
    )
    .option("--collect <filer...>", "efterprøv de underskrevne filer, og saml dem med planen i én pakke")
    .option("--trust <mappe>", "mappe med certifikaterne for dem, du stoler på (PEM eller DER); ingen er indbygget")
    .action(async (plans: string[], options) => {
      const command = asked(plans, options);
      if (options.collect === undefined) {
        const { signaturePackage } = await import("../build.ts");
        finish(await signaturePackage(command, console, signal));
        return;
      }
      const { collect } = await import("../collect.ts");
      finish(await collect({ ...command, files: options.collect, trust: options.trust }, console, signal));
    });

  buildsPlans(program.command("figure"), "<planer...>")
    .description("tegn sammenhængen mellem strategi, mål og arbejdsprogram på én side")
    .action(async (plans: string[], options) => {
      const { figure } = await import("../build.ts");
      finish(await figure(asked(plans, options), console, signal));
    });

  program
    .command("diff")
    .description("sammenlign to planer, eller en plan med, hvad den var: mål for mål og ord for ord")
    .usage("[valg] <plan> [plan eller version i git]")
    .argument("<plan>", "planens id eller mappe")
    .argument(
      "[anden]",
      "den plan, den er blevet til, eller en version i git, den kommer fra (ellers den underskrevne)",
    )
    .option("--html <fil>", "skriv sammenligningen som en side til forhandling")
    .option("--pdf <fil>", "skriv sammenligningen som PDF")
    .option("--root <mappe>", "mappen med plans/ og templates/ (ellers den, du står i)")
    .option("--browser <sti>", "den browser, der skal bruges til PDF'en")
    .option("--json", "skriv resultatet som JSON")
    .action(async (plan: string, other: string | undefined, options) => {
      const { diff } = await import("../diff.ts");
      const { html, pdf, root = ".", browser, json } = options;
      finish(await diff({ plan, other, html, pdf, root, browser, json: json === true }, console, signal));
    });

  program
    .command("check")
    .description("sig alt, hvad der er at sige om planerne, uden at bygge dem")
    .usage("[valg] [planer …]")
    .argument("[planer...]", "planernes id'er eller mapper")
    .option("--root <mappe>", "mappen med plans/ og templates/ (ellers den, du står i)")
    .option("--json", "skriv resultatet som JSON")
    .option("--uden-raad", "giv ingen råd om målene")
    .action(async (plans: string[], options) => {
      const { check } = await import("../check.ts");
      finish(
        await check(
          { plans, root: options.root ?? ".", json: options.json === true, advice: options.udenRaad !== true },
          console,
        ),
      );
    });
}

/** What every command that builds documents of plans takes. */
function buildsPlans(command: Command, plans: "[planer...]" | "<planer...>"): Command {
  return command
    .usage(plans === "[planer...]" ? "[valg] [planer …]" : "[valg] planer …")
    .argument(plans, "planernes id'er eller mapper")
    .addOption(workspaceOption)
    .addOption(browserOption)
    .option("--force", "byg også det, som intet er ændret i")
    .option("--json", "skriv resultatet som JSON")
    .option("--json-lines", "skriv en linje JSON for hver hændelse, når den sker");
}

function asked(
  plans: readonly string[],
  options: { root?: string; browser?: string; json?: boolean; jsonLines?: boolean; force?: boolean },
): BuildCommand {
  const { root = ".", browser, json = false, jsonLines = false, force = false } = options;
  return { plans, root, browser, json, jsonLines, force };
}

import type { Command } from "commander";
import type { BuildCommand } from "../build.ts";
import type { Host } from "./host.ts";

/** The commands that make documents of plans. */
export function addDocumentCommands(program: Command, { console, signal, finish }: Host): void {
  buildsPlans(program.command("build"), "[planer...]")
    .description("byg planen, og målrapporteringen, hvor der er resultater; alle planer, når ingen er nævnt")
    .option("--filnavn <mønster>", 'filernes navne, for eksempel "{år} {institution} {dokument}"')
    .action(async (plans: string[], options) => {
      const { build } = await import("../build.ts");
      finish(await build({ ...asked(plans, options), fileName: options.filnavn }, console, signal));
    });

  buildsPlans(program.command("report"), "<planer...>")
    .description("byg målrapporteringen alene, af planens resultater")
    .option("--into <pdf>", "sæt den ind i en årsrapport, der er lavet andre steder; kræver --at")
    .option("--at <sted>", "bogmærke, overskrift eller »side 12« i årsrapporten")
    .option("--before", "foran stedet")
    .option("--after", "efter det afsnit, som stedet begynder (sådan er det, når intet er valgt)")
    .option("--instead", "i stedet for det afsnit, som stedet begynder")
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

  program
    .command("check")
    .description("sig alt, hvad der er at sige om planerne, uden at bygge dem")
    .usage("[valg] [planer …]")
    .argument("[planer...]", "planernes id'er eller mapper")
    .option("--root <mappe>", "mappen med plans/ og templates/ (ellers den, du står i)")
    .option("--json", "skriv resultatet som JSON")
    .action(async (plans: string[], options) => {
      const { check } = await import("../check.ts");
      finish(await check({ plans, root: options.root ?? ".", json: options.json === true }, console));
    });
}

/** What every command that builds documents of plans takes. */
function buildsPlans(command: Command, plans: "[planer...]" | "<planer...>"): Command {
  return command
    .usage(plans === "[planer...]" ? "[valg] [planer …]" : "[valg] planer …")
    .argument(plans, "planernes id'er eller mapper")
    .option("--root <mappe>", "mappen med plans/, templates/ og output/ (ellers den, du står i)")
    .option(
      "--browser <sti>",
      "den browser, der skal bruges (ellers RESULTATPLAN_BROWSER, ellers den bedste på maskinen)",
    )
    .option("--json", "skriv resultatet som JSON");
}

function asked(plans: readonly string[], options: { root?: string; browser?: string; json?: boolean }): BuildCommand {
  return { plans, root: options.root ?? ".", browser: options.browser, json: options.json === true };
}

import { Command, CommanderError } from "commander";
import { type ExitCode, Failure } from "../core/failure.ts";
import { didYouMean } from "../core/suggest.ts";
import type { Console } from "./console.ts";

/** Commander with Danish words. Wrong usage is a `Failure`, so that it is reported like any other. */
class DanishCommand extends Command {
  override createCommand(name?: string): Command {
    return new DanishCommand(name);
  }

  override createHelp() {
    const titles: Record<string, string> = {
      "Usage:": "Brug:",
      "Arguments:": "Argumenter:",
      "Options:": "Valg:",
      "Commands:": "Kommandoer:",
    };
    return Object.assign(super.createHelp(), {
      styleTitle: (title: string) => titles[title] ?? title,
      subcommandTerm: (command: Command) => command.name(),
    });
  }

  /** Commander calls these by name; they are not in its type declarations. */
  unknownOption(flag: string): never {
    const known = this.options.flatMap((option) => option.long ?? []);
    throw usage(`Valget ${flag} findes ikke.`, didYouMean(flag, known));
  }

  unknownCommand(): never {
    throw usage(
      `Kommandoen »${this.args[0] ?? ""}« findes ikke.`,
      didYouMean(
        this.args[0] ?? "",
        this.commands.map((command) => command.name()),
      ),
    );
  }

  missingArgument(name: string): never {
    throw usage(`Her mangler ${name}.`, `Se »resultatplan ${this.name()} --help«.`);
  }

  missingMandatoryOptionValue(option: { flags: string }): never {
    throw usage(`Valget ${option.flags} mangler.`, `Se »resultatplan ${this.name()} --help«.`);
  }

  optionMissingArgument(option: { flags: string }): never {
    throw usage(`Valget ${option.flags} mangler sin værdi.`, `Se »resultatplan ${this.name()} --help«.`);
  }
}

/** The commands, as people give them. `finish` takes the name of the exit code. */
export function makeProgram(
  console: Console,
  signal: AbortSignal,
  version: string,
  finish: (exit: ExitCode) => void,
): Command {
  const program = new DanishCommand("resultatplan")
    .description("Resultatplaner og mål- og resultatplaner i ministeriernes form, fra Markdown til PDF.")
    .version(version, "--version", "vis programmets version")
    .helpOption("-h, --help", "vis denne hjælp")
    .helpCommand(false)
    .usage("[valg] [kommando]")
    .exitOverride()
    .configureOutput({ writeOut: (text) => console.out(text.trimEnd()), writeErr: () => {} });

  program
    .command("build")
    .description("byg planen, og målrapporteringen, hvor der er resultater; alle planer, når ingen er nævnt")
    .usage("[valg] [planer …]")
    .argument("[planer...]", "planernes id'er eller mapper")
    .option("--root <mappe>", "mappen med plans/, templates/ og output/ (ellers den, du står i)")
    .option(
      "--browser <sti>",
      "den browser, der skal bruges (ellers RESULTATPLAN_BROWSER, ellers den bedste på maskinen)",
    )
    .option("--filnavn <mønster>", 'filernes navne, for eksempel "{år} {institution} {dokument}"')
    .option("--json", "skriv resultatet som JSON")
    .action(async (plans: string[], options) => {
      const { build } = await import("./build.ts");
      finish(
        await build(
          {
            plans,
            root: options.root ?? ".",
            browser: options.browser,
            fileName: options.filnavn,
            json: options.json === true,
          },
          console,
          signal,
        ),
      );
    });

  program
    .command("report")
    .description("byg målrapporteringen alene, af planens resultater")
    .usage("[valg] planer …")
    .argument("<planer...>", "planernes id'er eller mapper")
    .option("--root <mappe>", "mappen med plans/, templates/ og output/ (ellers den, du står i)")
    .option(
      "--browser <sti>",
      "den browser, der skal bruges (ellers RESULTATPLAN_BROWSER, ellers den bedste på maskinen)",
    )
    .option("--into <pdf>", "sæt den ind i en årsrapport, der er lavet andre steder; kræver --at")
    .option("--at <sted>", "bogmærke, overskrift eller »side 12« i årsrapporten")
    .option("--before", "foran stedet")
    .option("--after", "efter det afsnit, som stedet begynder (sådan er det, når intet er valgt)")
    .option("--instead", "i stedet for det afsnit, som stedet begynder")
    .option("--json", "skriv resultatet som JSON")
    .action(async (plans: string[], options) => {
      const command = { plans, root: options.root ?? ".", browser: options.browser, json: options.json === true };
      if (options.into === undefined) {
        const { report } = await import("./build.ts");
        finish(await report(command, console, signal));
        return;
      }
      const { reportInto } = await import("./merge.ts");
      const { into, at, before = false, after = false, instead = false } = options;
      finish(await reportInto(command, { into, at, before, after, instead }, console, signal));
    });

  program
    .command("merge")
    .description("sæt PDF-filer sammen, så opmærkning, bogmærker, henvisninger og bilag følger med")
    .usage("[valg] filer … -o samlet.pdf")
    .argument("<filer...>", "PDF-filerne i deres rækkefølge")
    .requiredOption("-o, --output <fil>", "den fil, der skal skrives")
    .option("--json", "skriv resultatet som JSON")
    .action(async (files: string[], options) => {
      const { merge } = await import("./merge.ts");
      finish(await merge({ files, output: options.output, json: options.json === true }, console, signal));
    });

  program
    .command("pay")
    .description("beregn chefens resultatløn i et dokument for sig, som ikke offentliggøres")
    .usage("[valg] planer …")
    .argument("<planer...>", "planernes id'er eller mapper")
    .option("--root <mappe>", "mappen med plans/, templates/ og output/ (ellers den, du står i)")
    .option(
      "--browser <sti>",
      "den browser, der skal bruges (ellers RESULTATPLAN_BROWSER, ellers den bedste på maskinen)",
    )
    .option("--json", "skriv resultatet som JSON")
    .action(async (plans: string[], options) => {
      const { pay } = await import("./build.ts");
      finish(
        await pay(
          { plans, root: options.root ?? ".", browser: options.browser, json: options.json === true },
          console,
          signal,
        ),
      );
    });

  program
    .command("nemlogin")
    .description("byg de kopier af planen, der underskrives med NemLog-in")
    .usage("[valg] planer …")
    .argument("<planer...>", "planernes id'er eller mapper")
    .option("--root <mappe>", "mappen med plans/, templates/ og output/ (ellers den, du står i)")
    .option(
      "--browser <sti>",
      "den browser, der skal bruges (ellers RESULTATPLAN_BROWSER, ellers den bedste på maskinen)",
    )
    .option("--json", "skriv resultatet som JSON")
    .action(async (plans: string[], options) => {
      const { nemlogin } = await import("./build.ts");
      finish(
        await nemlogin(
          { plans, root: options.root ?? ".", browser: options.browser, json: options.json === true },
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
      const { checkPdf } = await import("./check-pdf.ts");
      finish(await checkPdf({ file, json: options.json === true }, console));
    });

  program
    .command("check")
    .description("sig alt, hvad der er at sige om planerne, uden at bygge dem")
    .usage("[valg] [planer …]")
    .argument("[planer...]", "planernes id'er eller mapper")
    .option("--root <mappe>", "mappen med plans/ og templates/ (ellers den, du står i)")
    .option("--json", "skriv resultatet som JSON")
    .action(async (plans: string[], options) => {
      const { check } = await import("./check.ts");
      finish(await check({ plans, root: options.root ?? ".", json: options.json === true }, console));
    });

  program
    .command("sign")
    .description("skriv under på en PDF, digitalt (PAdES)")
    .usage("<pdf> --signer <navn> [valg]")
    .argument("<pdf>", "den PDF, der skal underskrives; den får underskriften tilføjet")
    .option("--signer <navn>", "den, der skriver under, som navnet står i dokumentet")
    .option("--p12 <fil>", "nøglefil (.p12 eller .pfx); adgangskoden spørges der om")
    .option("--passphrase-file <fil>", "fil med adgangskoden (ellers RESULTATPLAN_KODEORD, ellers spørges der)")
    .option("--pkcs11 <modul>", "smartkort eller HSM: stien til producentens PKCS#11-modul; der spørges om pinkoden")
    .option("--key-label <navn>", "nøglens navn på kortet, når der er flere")
    .option("--command <program>", "program, der får det, der skal underskrives, og skriver underskriften")
    .option("--certificate <fil>", "certifikat og kæde, når nøglen ikke er en nøglefil")
    .option("--pss", "brug RSA-PSS i stedet for PKCS#1 v1.5")
    .option("--level <niveau>", "B-B, B-T, B-LT eller B-LTA (ellers B-LTA med --tsa og B-B uden)")
    .option("--tsa <adresse>", "tidsstempeltjeneste (RFC 3161)")
    .option("--ca <fil...>", "udstederes certifikater; er der et rodcertifikat, skal tidsstemplet høre under det")
    .option("--place <sted>", "hvor der skrives under")
    .option("--reason <tekst>", "hvorfor der skrives under")
    .option("--prepare <fil>", "skriv det, der skal underskrives et andet sted, som JSON")
    .option("--embed <fil>", "sæt en underskrift ind, der er forberedt med --prepare")
    .option("--signature <fil>", "underskriften til --embed")
    .option("--json", "skriv resultatet som JSON")
    .action(async (pdf: string, options) => {
      const { sign } = await import("./sign.ts");
      const command = { ...options, pdf, authorities: options.ca ?? [], pss: options.pss === true };
      finish(await sign({ ...command, json: options.json === true }, console, signal));
    });

  program
    .command("verify")
    .description("efterprøv underskrifterne i PDF-filer, egne eller andres")
    .usage("[valg] <pdf …>")
    .argument("<pdf...>", "de PDF-filer, der skal efterprøves")
    .option("--trust <mappe>", "mappe med certifikaterne for dem, du stoler på (PEM eller DER); ingen er indbygget")
    .option("--json", "skriv resultatet som JSON")
    .action(async (files: string[], options) => {
      const { verify } = await import("./verify.ts");
      finish(await verify({ files, trust: options.trust, json: options.json === true }, console));
    });

  program
    .command("inspect")
    .description("sig, hvad en PDF er og rummer, uden at dømme den")
    .usage("[valg] <pdf>")
    .argument("<pdf>", "den PDF-fil, der skal undersøges")
    .option("--kilde <mappe>", "planens mappe: er dens filer stadig dem, PDF'en er dannet af?")
    .option("--json", "skriv resultatet som JSON")
    .action(async (file: string, options) => {
      const { inspect } = await import("./inspect.ts");
      finish(await inspect({ file, source: options.kilde, json: options.json === true }, console));
    });

  program
    .command("doctor")
    .description("undersøg maskinen: browser, skrifter, versioner, og hvad der mangler")
    .usage("[valg]")
    .option("--root <mappe>", "mappen med templates/ (ellers den, du står i)")
    .option("--browser <sti>", "den browser, der skal undersøges")
    .option("--json", "skriv resultatet som JSON")
    .action(async (options) => {
      const { doctor } = await import("./doctor.ts");
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
    .argument("[fil]", "plan (ellers den), resultater eller resultatloen")
    .action(async (file = "plan") => {
      const { jsonSchemaOf, schemaNames } = await import("./schema.ts");
      const schema = jsonSchemaOf(file);
      if (!schema) throw usage(`Der er intet skema »${file}«.`, didYouMean(file, schemaNames));
      console.out(JSON.stringify(schema, null, 2));
      finish("done");
    });

  return program;
}

/** True for what commander throws after it has written help or version. */
export function isHelpOrVersion(cause: unknown): boolean {
  return cause instanceof CommanderError && cause.exitCode === 0;
}

function usage(message: string, hint: string | undefined): Failure {
  return new Failure("usage", "brug", message, { hint });
}

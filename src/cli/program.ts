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
    .description("byg plan.pdf for de nævnte planer, eller for alle")
    .usage("[valg] [planer …]")
    .argument("[planer...]", "planernes id'er eller mapper")
    .option("--root <mappe>", "mappen med plans/, templates/ og output/ (ellers den, du står i)")
    .option(
      "--browser <sti>",
      "den browser, der skal bruges (ellers RESULTATPLAN_BROWSER, ellers den bedste på maskinen)",
    )
    .option("--json", "skriv resultatet som JSON")
    .action(async (plans: string[], options) => {
      const { build } = await import("./build.ts");
      finish(
        await build(
          { plans, root: options.root ?? ".", browser: options.browser, json: options.json === true },
          console,
          signal,
        ),
      );
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
    .description("skriv planers JSON Schema, som giver hjælp i en editor")
    .usage("")
    .action(async () => {
      const { planJsonSchema } = await import("../plan/schema.ts");
      console.out(JSON.stringify(planJsonSchema(), null, 2));
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

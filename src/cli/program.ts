import { Command, CommanderError } from "commander";
import type { ExitCode } from "../core/failure.ts";
import { didYouMean } from "../core/suggest.ts";
import { addDocumentCommands } from "./commands/documents.ts";
import { addPdfCommands } from "./commands/pdf.ts";
import { addSigningCommands } from "./commands/signing.ts";
import { addToolCommands } from "./commands/tools.ts";
import { addYearCommands } from "./commands/year.ts";
import type { Console } from "./console.ts";
import { usage } from "./usage.ts";

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

  /** The command with those above it: »resultatplan new resultater«. */
  get #whole(): string {
    const names: string[] = [];
    for (let one: Command | null = this; one; one = one.parent) names.unshift(one.name());
    return names.join(" ");
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
    throw usage(`Her mangler ${name}.`, `Se »${this.#whole} --help«.`);
  }

  missingMandatoryOptionValue(option: { flags: string }): never {
    throw usage(`Valget ${option.flags} mangler.`, `Se »${this.#whole} --help«.`);
  }

  optionMissingArgument(option: { flags: string }): never {
    throw usage(`Valget ${option.flags} mangler sin værdi.`, `Se »${this.#whole} --help«.`);
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

  const host = { console, signal, version, finish };
  addDocumentCommands(program, host);
  addSigningCommands(program, host);
  addYearCommands(program, host);
  addPdfCommands(program, host);
  addToolCommands(program, host);
  return program;
}

/** True for what commander throws after it has written help or version. */
export function isHelpOrVersion(cause: unknown): boolean {
  return cause instanceof CommanderError && cause.exitCode === 0;
}

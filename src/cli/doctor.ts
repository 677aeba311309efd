import { type ExitCode, Failure } from "../core/failure.ts";
import { workspaceAt } from "../pipeline/workspace.ts";
import { type BrowserReport, describeBrowsers, installAdvice, sandboxNotice } from "../print/browser.ts";
import { DATA_VERSION } from "../report/data.ts";
import { FormShelf } from "../template/shelf.ts";
import type { Console } from "./console.ts";

/** What `resultatplan doctor` was asked for. */
export interface DoctorCommand {
  readonly root: string;
  readonly browser: string | undefined;
  readonly json: boolean;
  readonly version: string;
}

interface FormReport {
  readonly name: string;
  readonly fonts: readonly string[];
  readonly problem: string | undefined;
}

/** Tells what is on the machine and what is missing; the exit code says whether plans can be built here. */
export async function doctor(command: DoctorCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  console.progress("Ser efter browsere …");
  const browsers = await describeBrowsers(command.browser, signal);
  const forms = await describeForms(workspaceAt(command.root).templates);
  const usable = browsers.some((browser) => browser.chosen);
  if (command.json) {
    console.out(
      JSON.stringify(
        {
          version: DATA_VERSION,
          program: command.version,
          node: process.version,
          platform: `${process.platform}-${process.arch}`,
          browsers,
          forms,
        },
        null,
        2,
      ),
    );
  } else {
    console.out(`resultatplan ${command.version}, Node ${process.version}, ${process.platform}-${process.arch}\n`);
    console.out(
      ["Browsere, i den rækkefølge de bruges:", ...browsers.map((browser) => browserLine(browser, console))].join("\n"),
    );
    console.out(["", "Skabeloner og deres skrifter:", ...forms.map((form) => formLine(form, console))].join("\n"));
    if (browsers.some((browser) => browser.chosen && !browser.sandboxed && !browser.candidate.address))
      console.out(`\n${sandboxNotice()}`);
    console.out(
      usable
        ? "\nAlt er klar til at bygge planer."
        : `\nDer er ingen browser, der kan bruges. ${installAdvice(process.platform)}`,
    );
  }
  if (!usable) return "environment";
  return forms.some((form) => form.problem) ? "template" : "done";
}

async function describeForms(templates: string): Promise<FormReport[]> {
  const shelf = new FormShelf(templates);
  return Promise.all(
    (await shelf.names()).map(async (name) => {
      try {
        return { name, fonts: (await shelf.get(name)).form.fonts.families, problem: undefined };
      } catch (cause) {
        if (cause instanceof Failure) return { name, fonts: [], problem: cause.message };
        throw cause;
      }
    }),
  );
}

function browserLine(report: BrowserReport, console: Console): string {
  const mark = report.chosen ? console.paint("green", "✓") : report.problem ? console.paint("red", "✗") : " ";
  const facts =
    report.problem ??
    `version ${report.version}${report.sandboxed ? "" : ", uden sandkasse"}${report.chosen ? ", bruges" : ""}`;
  return `  ${mark} ${report.candidate.name}: ${facts}\n      ${placeOf(report)}`;
}

function placeOf({ candidate, executablePath }: BrowserReport): string {
  return executablePath ?? candidate.address?.shown ?? "ikke pakket ud";
}

function formLine(report: FormReport, console: Console): string {
  if (report.problem) return `  ${console.paint("red", "✗")} ${report.name}: ${report.problem}`;
  return `  ${console.paint("green", "✓")} ${report.name}: ${report.fonts.join(", ") || "ingen skrifter"}`;
}

import { type ExitCode, exitCodes } from "../core/failure.ts";
import type { Collected, CollectOutcome } from "../pipeline/package/collect.ts";
import type { ReturnFinding, ReturnVerdict } from "../pipeline/package/findings.ts";
import { DATA_VERSION, exitOf, outcomesAsData } from "./data.ts";
import type { Paint } from "./paint.ts";
import { shown } from "./shown.ts";

const colours = { passed: "green", open: "yellow", refused: "red" } as const;
const marks = { passed: "✓", open: "?", refused: "✗" } as const;
const words = { passed: "holder", open: "kan ikke afgøres fuldt ud", refused: "afvist" } as const;
const gravities = { remark: "cyan", open: "yellow", refused: "red" } as const;

/** What came back, for people: a line for each file and what there is to say of it, then what concerns them together. */
export function collectedLines({ files, findings, verdict, json }: Collected, paint: Paint): string[] {
  const lines = files.flatMap(({ file, signedBy, findings: own, verdict: judged, untouched }) => {
    const who = signedBy.map(({ signatory }) => signatory.name).join(", ");
    return [
      `${mark(judged, paint)} ${paint("bold", shown(file.path))}: ${who === "" ? "" : `${who}, `}${words[judged]}`,
      ...(untouched ? ["    dokumentet er byte for byte den kopi, der blev sendt ud"] : []),
      ...own.map((one) => `    ${findingLine(one, paint)}`),
    ];
  });
  lines.push(...findings.map((one) => findingLine(one, paint)));
  if (verdict === "refused") lines.push("Pakken er ikke skrevet, for en fil er afvist.");
  else if (json !== undefined) lines.push(`Oversigten ligger også i ${json}.`);
  return lines;
}

/** The same as plain data for `--json`. */
export function collectedAsData({ outcome, collected }: CollectOutcome): object {
  return {
    ...outcomesAsData([outcome]),
    version: DATA_VERSION,
    exitCode: exitCodes[collectExit({ outcome, collected })].number,
    collected: collected
      ? {
          verdict: collected.verdict,
          missing: collected.missing.map(({ name }) => name),
          findings: collected.findings,
          signatures: collected.signatures,
          json: collected.json ?? null,
          files: collected.files.map(({ file, sha256, signedBy, untouched, findings, verdict }) => ({
            path: file.path,
            sha256,
            signatories: signedBy.map(({ signatory }) => signatory.name),
            untouched,
            verdict,
            findings,
          })),
        }
      : null,
  };
}

/** How collecting ends: like `verify`, by the gravest verdict; who is missing leaves it undecided. */
export function collectExit({ outcome, collected }: CollectOutcome): ExitCode {
  if (!collected || outcome.failure) return exitOf([outcome]);
  return ({ passed: "done", open: "unsure", refused: "broken" } as const)[collected.verdict];
}

function mark(verdict: ReturnVerdict, paint: Paint): string {
  return paint(colours[verdict], marks[verdict]);
}

function findingLine({ code, message, gravity }: ReturnFinding, paint: Paint): string {
  return `${paint(gravities[gravity], gravity === "remark" ? "·" : "!")} ${shown(message)} ${paint("dim", `[${code}]`)}`;
}

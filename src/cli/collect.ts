import { type ExitCode, Failure, throwIfInterrupted } from "../core/failure.ts";
import { collectPackage } from "../pipeline/package/collect.ts";
import { lockByPackage } from "../pipeline/signed/lock-signed.ts";
import { findPlans, workspaceAt } from "../pipeline/workspace.ts";
import { PrintShop } from "../print/print-shop.ts";
import { collectExit, collectedAsData, collectedLines } from "../report/collected.ts";
import { alsoLockedLine, lockedAsData } from "../report/lock.ts";
import { buildRemarks, builtLines, failureText } from "../report/text.ts";
import { FormShelf } from "../template/shelf.ts";
import { Verifier } from "../verify/apart/verifier.ts";
import type { BuildCommand } from "./build.ts";
import type { Console } from "./console.ts";
import { trusted } from "./trusted.ts";

/** What `resultatplan signature-package --collect` was asked for. */
export interface CollectCommand extends BuildCommand {
  /** The signed files that came back. */
  readonly files: readonly string[];
  /** The folder with the certificates of those who are trusted. */
  readonly trust: string | undefined;
}

/** Judges the signed copies of a plan, and collects them in one package. Ends with the gravest verdict. */
export async function collect(command: CollectCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  const workspace = workspaceAt(command.root);
  const [plan, another] = await findPlans(workspace, command.plans);
  if (!plan || another)
    throw new Failure("usage", "brug", "Med --collect nævnes én plan, og efter --collect dens underskrevne filer.", {
      hint: "Skriv for eksempel »npx resultatplan signature-package min-institution-2027 --collect underskrevet/a.pdf underskrevet/b.pdf«.",
    });
  const anchors = await trusted(command.trust);
  const shop = new PrintShop({ override: command.browser, signal, onNotice: (text) => console.remark(text) });
  const verifier = new Verifier();
  try {
    console.progress("Efterprøver …");
    const forms = new FormShelf(workspace.templates);
    const tools = { workspace, forms, shop, anchors, now: new Date(), verifier, signal };
    const result = await collectPackage(plan, command.files, tools);
    throwIfInterrupted(signal);
    const { collected } = result;
    const lock =
      collected && collected.verdict !== "refused"
        ? await lockByPackage(plan, collected, anchors.length > 0)
        : undefined;
    if (command.json) {
      const locked = lock ? lockedAsData(lock, []) : null;
      console.out(JSON.stringify({ ...collectedAsData(result), lock: locked }, null, 2));
    } else {
      tell(result, console);
      if (lock) console.out(alsoLockedLine(lock, console.paint));
    }
    return collectExit(result);
  } finally {
    await Promise.all([shop.close(), verifier.close()]);
  }
}

function tell({ outcome, collected }: Awaited<ReturnType<typeof collectPackage>>, console: Console): void {
  for (const line of collected ? collectedLines(collected, console.paint) : []) console.out(line);
  if (!collected || outcome.failure || outcome.written.length > 0)
    for (const line of builtLines(outcome, outcome.plan.id.length, console.paint)) console.out(line);
  for (const remark of buildRemarks(outcome, console.paint)) console.remark(remark.replace(/^/gm, "  "));
  if (outcome.failure) console.remark(failureText(outcome.failure, console.paint).replace(/^/gm, "  "));
}

import { type ExitCode, throwIfInterrupted } from "../core/failure.ts";
import { attachScans } from "../pipeline/paper/paper.ts";
import { lockByPaper } from "../pipeline/signed/lock-signed.ts";
import { findPlans, workspaceAt } from "../pipeline/workspace.ts";
import { PrintShop } from "../print/print-shop.ts";
import { exitOf } from "../report/data.ts";
import { alsoLockedLine, lockedAsData } from "../report/lock.ts";
import { attachedAsData, paperLines } from "../report/signature-page.ts";
import { buildRemarks, builtLines, failureText } from "../report/text.ts";
import { FormShelf } from "../template/shelf.ts";
import { signaturePages } from "./build.ts";
import type { Console } from "./console.ts";
import { usage } from "./usage.ts";

/** What `resultatplan signature-page` was asked for. */
export interface SignaturePageCommand {
  readonly plans: readonly string[];
  readonly each?: boolean;
  readonly attach?: readonly string[];
  readonly confirm?: string;
  readonly signer?: readonly string[];
  readonly root?: string;
  readonly browser?: string;
  readonly json: boolean;
}

/** Builds the pages that are signed with ink, or puts what came back of them into the plan. */
export async function signaturePage(
  command: SignaturePageCommand,
  console: Console,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { plans, root = ".", browser, json, attach, each = false } = command;
  if (attach) {
    if (each) throw usage("--each hører ikke sammen med --attach.", "--each er til at trykke siderne.");
    return await attached(command, attach, console, signal);
  }
  if (command.confirm !== undefined || command.signer !== undefined) {
    throw usage("--confirm og --signer hører sammen med --attach.", "Se »resultatplan signature-page --help«.");
  }
  return await signaturePages({ plans, root, browser, json }, each, console, signal);
}

async function attached(
  { plans, root = ".", browser, json, confirm, signer = [] }: SignaturePageCommand,
  files: readonly string[],
  console: Console,
  signal: AbortSignal,
): Promise<ExitCode> {
  const workspace = workspaceAt(root);
  const [plan, another] = await findPlans(workspace, plans);
  if (!plan || another) throw usage("Med --attach skal der være én plan.", "Sæt siderne ind i én plan ad gangen.");
  const shop = new PrintShop({ override: browser, signal, onNotice: (text) => console.remark(text) });
  try {
    console.progress("Læser de scannede sider …");
    const tools = { workspace, forms: new FormShelf(workspace.templates), shop };
    const result = await attachScans(plan, { files, confirmed: confirm, signers: signer }, tools, signal);
    throwIfInterrupted(signal);
    const { outcome, paper } = result;
    const lock = paper && (await lockByPaper(plan, paper));
    if (json) {
      const locked = lock ? lockedAsData(lock, []) : null;
      console.out(JSON.stringify({ ...attachedAsData(result), lock: locked }, null, 2));
      return exitOf([outcome]);
    }
    for (const line of builtLines(outcome, plan.id.length, console.paint)) console.out(line);
    for (const line of paper ? paperLines(paper, console.paint) : []) console.out(line);
    if (lock) console.out(alsoLockedLine(lock, console.paint));
    for (const remark of buildRemarks(outcome, console.paint)) console.remark(remark.replace(/^/gm, "  "));
    if (outcome.failure) console.remark(failureText(outcome.failure, console.paint).replace(/^/gm, "  "));
    return exitOf([outcome]);
  } finally {
    await shop.close();
  }
}

import { setImmediate as nextTurn } from "node:timers/promises";
import { type ExitCode, throwIfInterrupted } from "../core/failure.ts";
import { inOrder } from "../pipeline/batch/batch.ts";
import { type Builder, BuildSession, closeAfter } from "../pipeline/batch/build-session.ts";
import { Reuse } from "../pipeline/batch/reuse.ts";
import type { FinishThread } from "../pipeline/finish-thread.ts";
import type { Finisher } from "../pipeline/finishing.ts";
import type { PlanOutcome } from "../pipeline/outcome.ts";
import { findPlans, type PlanFile, type Workspace, workspaceAt } from "../pipeline/workspace.ts";
import { browsersIdentity, fileIdentity, isRemote } from "../print/browser-identity.ts";
import type { PrintShop } from "../print/print-shop.ts";
import type { BuildCommand } from "./build.ts";
import type { Console } from "./console.ts";
import { type EarlyShop, earlyShop } from "./early-shop.ts";
import { ownFingerprint } from "./own-fingerprint.ts";
import { reporterFor } from "./reporter.ts";

/** So many plans are finished sooner on the thread that is there already than on one that has to be started. */
const FEW = 8;

/** What is to be made of every plan. The builder brings all that reads and renders plans, and is loaded when it is needed. */
export interface Order {
  /** The command's name. */
  readonly name: string;
  /** What of a plan is asked for, where that is not always the same. */
  readonly variant?: string;
  load(): Promise<Builder>;
}

/**
 * Builds plans and tells of each in the order they were named. What has not changed is not built again. The browser comes up
 * while the builder is still being loaded, and ends whatever happens.
 */
export async function runBuild(
  order: Order,
  command: BuildCommand,
  console: Console,
  signal: AbortSignal,
): Promise<ExitCode> {
  const workspace = workspaceAt(command.root);
  const plans = await findPlans(workspace, command.plans);
  const reporter = reporterFor(command, console, plans);
  const early = earlyShop(command.browser, console, signal);
  let thread: FinishThread | undefined;
  try {
    const reuse = await reuseFor(order, command, workspace, early);
    const known = await unchanged(plans, command.force ? undefined : reuse, early, signal);
    const changed = plans.length - known.size;
    if (changed > 0) await early.underWay();
    if (changed > FEW) thread = new (await import("../pipeline/finish-thread.ts")).FinishThread();
    const parts = { workspace, early, reuse, finisher: thread?.finish };
    const session = changed > 0 ? await openSession(order, command, parts) : undefined;
    const onPrinted = closeAfter(changed, early.shop);
    const work = async (plan: PlanFile): Promise<PlanOutcome> => {
      const last = known.get(plan);
      if (last) return last;
      if (!session) throw new Error(`${plan.id} has changed, and there is no session`);
      reporter.begin(plan);
      return await session.build(plan, onPrinted).finally(() => reporter.finish(plan));
    };
    for await (const outcome of inOrder(plans, work)) reporter.tell(outcome);
    throwIfInterrupted(signal);
    return reporter.end();
  } finally {
    reporter.stop();
    await Promise.all([early.shop.close(), thread?.close()]);
  }
}

/** The plans that need no build, and what became of them the last time. The first that does need one starts the browser. */
async function unchanged(
  plans: readonly PlanFile[],
  reuse: Reuse | undefined,
  early: EarlyShop,
  signal: AbortSignal,
): Promise<Map<PlanFile, PlanOutcome>> {
  const known = new Map<PlanFile, PlanOutcome>();
  for (const [index, plan] of plans.entries()) {
    const outcome = reuse?.lastOutcome(plan);
    if (outcome) known.set(plan, outcome);
    else early.begin();
    // So that Ctrl+C is heard.
    if (index % 20 === 19) await nextTurn();
    throwIfInterrupted(signal);
  }
  return known;
}

/** What a session is opened with. */
export interface SessionParts {
  readonly workspace: Workspace;
  readonly early: EarlyShop;
  readonly reuse: Reuse | undefined;
  readonly finisher?: Finisher | undefined;
}

/** Loads all that builds plans, once the browser is on its way. */
export async function openSession(
  order: Order,
  command: BuildCommand,
  { workspace, early, reuse, finisher }: SessionParts,
): Promise<BuildSession> {
  await early.underWay();
  const builder = await order.load();
  // The browser is answered as soon as it asks: it opens its page while plans are read.
  await nextTurn();
  const [{ FormShelf }, { namesByPattern, plainNames }] = await Promise.all([
    import("../template/shelf.ts"),
    import("../pipeline/file-names.ts"),
  ]);
  const names = command.fileName === undefined ? plainNames : namesByPattern(command.fileName);
  const forms = new FormShelf(workspace.templates);
  const { numbering } = command;
  const tools = { workspace, forms, shop: early.shop, names, numbering, ...(finisher && { finisher }) };
  return new BuildSession(builder, tools, reuse);
}

/** What knows which plans have not changed; undefined where that cannot be known. */
export async function reuseFor(
  { name, variant }: Order,
  command: BuildCommand,
  workspace: Workspace,
  { shop }: EarlyShop,
): Promise<Reuse | undefined> {
  const program = ownFingerprint();
  if (program === undefined) return undefined;
  const browsers = isRemote(command.browser) ? await remoteIdentity(shop) : browsersIdentity(command.browser);
  if (browsers === undefined) return undefined;
  const date = process.env.SOURCE_DATE_EPOCH;
  const { fileName, numbering } = command;
  const asked = { command: name, variant, fileName, numbering };
  // A browser elsewhere has no file here: it is itself as long as it answers the same.
  const identity = (path: string) => (path === browsers ? "remote" : fileIdentity(path));
  return new Reuse(workspace, { program, ...asked, browsers, date }, identity);
}

/** What a browser elsewhere answers of itself. Why it can't be reached is told by the first print. */
async function remoteIdentity(shop: PrintShop): Promise<string | undefined> {
  return (await shop.launch().catch(() => undefined))?.program;
}

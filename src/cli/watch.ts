import { dirname, resolve, sep } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { hasErrors } from "../core/diagnostic.ts";
import type { ExitCode } from "../core/failure.ts";
import { inOrder } from "../pipeline/batch/batch.ts";
import type { BuildSession } from "../pipeline/batch/build-session.ts";
import type { PlanOutcome } from "../pipeline/outcome.ts";
import { findPlans, type PlanFile, workspaceAt } from "../pipeline/workspace.ts";
import type { BuildCommand } from "./build.ts";
import { Changes } from "./changes.ts";
import type { Console } from "./console.ts";
import { type EarlyShop, earlyShop } from "./early-shop.ts";
import { type Order, openSession, reuseFor } from "./run-build.ts";
import { WatchScreen } from "./watch-screen.ts";

/** Editors save in several steps, and several files at once: what comes within this time is one change. */
const QUIET_MS = 10;

/**
 * Builds plans, and again what their files' changes concern, with the browser kept running. Ends when the signal is raised,
 * which is no failure here.
 */
export async function watch(
  order: Order,
  command: BuildCommand,
  console: Console,
  signal: AbortSignal,
): Promise<ExitCode> {
  const workspace = workspaceAt(command.root);
  const screen = new WatchScreen(command, console);
  let early: EarlyShop = earlyShop(command.browser, console, signal);
  early.begin();
  let session: Promise<BuildSession> | undefined;
  const folders = foldersOf(await findPlans(workspace, command.plans), workspace.plans);
  /** The plans that were last told to have errors: that they are mended has to be told, too. */
  const faulty = new Set<string>();
  const changes = new Changes([...folders, workspace.templates], signal);
  try {
    await changes.ready;
    for (let changed: ReadonlySet<string> | undefined; !signal.aborted; changed = await changes.next(QUIET_MS)) {
      if (signal.aborted) break;
      const reuse = await reuseFor(order, command, workspace, early);
      if (early.shop.hopeless) {
        early = earlyShop(command.browser, console, signal);
        session = undefined;
      }
      // Forms are read once in a session.
      if (changed && [...changed].some((path) => isBelow(path, workspace.templates))) {
        session = undefined;
        await early.shop.renewPages();
      }
      const plans = await plansNow(command, workspace, screen);
      const concerned = plans.filter((plan) => !changed || !reuse || reuse.concerns(plan, changed));
      screen.begin(plans);
      session ??= openSession(order, command, { workspace, early, reuse });
      const opened = await session;
      const work = async (plan: PlanFile): Promise<PlanOutcome | undefined> => {
        const last = command.force && !changed ? undefined : reuse?.lastOutcome(plan);
        if (!last) return await opened.build(plan);
        // What was told of once stays as it is.
        return changed && !faulty.has(plan.path) ? undefined : last;
      };
      for await (const outcome of inOrder(concerned, work)) {
        if (!outcome) continue;
        screen.tell(outcome);
        if (outcome.failure || hasErrors(outcome.diagnostics)) faulty.add(outcome.plan.path);
        else faulty.delete(outcome.plan.path);
      }
      screen.end();
    }
  } catch (cause) {
    // What was under way when the user ended it fails in its own way.
    if (!signal.aborted) throw cause;
  } finally {
    await changes.close();
    await early.shop.close();
  }
  return "done";
}

/** The plans of this moment: one may have come or gone. */
async function plansNow(
  command: BuildCommand,
  workspace: ReturnType<typeof workspaceAt>,
  screen: WatchScreen,
): Promise<PlanFile[]> {
  try {
    return await findPlans(workspace, command.plans);
  } catch (cause) {
    screen.trouble(cause);
    // A plan that is being renamed, or saved by way of another file, is back in a moment.
    await pause(QUIET_MS);
    return [];
  }
}

/** The folder of plans, and those of plans elsewhere. Beside a plan lies the one that it takes its history from. */
function foldersOf(plans: readonly PlanFile[], own: string): string[] {
  const elsewhere = plans.filter(({ path }) => !isBelow(resolve(path), own)).map(({ path }) => dirname(dirname(path)));
  return [own, ...new Set(elsewhere)];
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(resolve(folder) + sep);
}

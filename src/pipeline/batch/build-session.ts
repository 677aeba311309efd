import { traced } from "../../core/trace.ts";
import type { PrintShop } from "../../print/print-shop.ts";
import type { BuildTools } from "../build.ts";
import type { PlanOutcome } from "../outcome.ts";
import type { PlanFile } from "../workspace.ts";
import type { Reuse } from "./reuse.ts";

/** Builds one plan's documents. */
export type Builder = (plan: PlanFile, tools: BuildTools) => Promise<PlanOutcome>;

/** Builds plans with the same tools, and notes of each what it was made from. */
export class BuildSession {
  readonly #builder: Builder;
  readonly #tools: BuildTools;
  readonly #reuse: Reuse | undefined;

  constructor(builder: Builder, tools: BuildTools, reuse: Reuse | undefined) {
    this.#builder = builder;
    this.#tools = tools;
    this.#reuse = reuse;
  }

  /** Builds a plan. `onPrinted` is called once, when nothing more of it will be printed. */
  async build(plan: PlanFile, onPrinted: () => void = () => {}): Promise<PlanOutcome> {
    const printed = once(onPrinted);
    const last = this.#reuse?.lastWritten(plan);
    const before = (path: string) => last?.find((one) => one?.path === path);
    const work = () => this.#builder(plan, { ...this.#tools, before, onPrinted: printed });
    const { value, trace } = await traced(work).finally(printed);
    await this.#reuse?.note(plan, value, trace, this.#tools.shop.program);
    return value;
  }
}

/** Ends a shop's browser when the last of some plans has been printed, while the documents are still being finished. */
export function closeAfter(count: number, shop: PrintShop): () => void {
  let waiting = count;
  return () => {
    waiting--;
    if (waiting === 0) void shop.close();
  };
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

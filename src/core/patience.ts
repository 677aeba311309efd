/** A wait that ends by itself or is called off. `AbortSignal.any` with `AbortSignal.timeout` is lost to node 20's collector. */
export interface Patience {
  readonly signal: AbortSignal;
  /** Whether it ended because time ran out. */
  readonly over: boolean;
  /** Must be called when what was waited for is there. */
  end(): void;
}

/** Waits for at most some milliseconds, and no longer than another signal allows. */
export function patience(milliseconds: number, other: AbortSignal): Patience {
  const controller = new AbortController();
  let over = false;
  const timer = setTimeout(() => {
    over = true;
    controller.abort();
  }, milliseconds);
  const stop = () => controller.abort();
  other.addEventListener("abort", stop);
  if (other.aborted) stop();
  return {
    signal: controller.signal,
    get over() {
      return over;
    },
    end() {
      clearTimeout(timer);
      other.removeEventListener("abort", stop);
    },
  };
}

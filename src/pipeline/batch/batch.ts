import pLimit from "p-limit";

/** How many plans are under way at once: enough to keep every page of the browser busy, few enough to bound the memory. */
const UNDER_WAY = 8;

/**
 * Works on many plans, a few at a time, and hands over what became of each in the order of the plans. What is thrown for one
 * is thrown here in its turn, and then no more are begun.
 */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void> {
  const limit = pLimit(UNDER_WAY);
  const running = items.map((item) => limit(() => work(item)));
  // A failure is met where its turn comes, so none may go unheard meanwhile.
  for (const one of running) one.catch(() => {});
  try {
    for (let index = 0; index < running.length; index++) {
      const one = running[index];
      // Told results are not to be held on to.
      delete running[index];
      if (one) yield await one;
    }
  } finally {
    limit.clearQueue();
  }
}

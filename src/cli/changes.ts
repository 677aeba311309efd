import { basename, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type FSWatcher, watch } from "chokidar";

/** The changes below some folders, gathered until somebody asks for them. */
export class Changes {
  /** Settles when every change from now on will be heard of. */
  readonly ready: Promise<void>;
  readonly #watcher: FSWatcher;
  #changed = new Set<string>();
  #wake: () => void = () => {};
  readonly #signal: AbortSignal;

  constructor(folders: readonly string[], signal: AbortSignal) {
    this.#signal = signal;
    // An editor may rename the file away and a new one into its place: both are heard of, at once.
    this.#watcher = watch([...folders], { ignoreInitial: true, atomic: false, ignored: isHidden });
    this.#watcher.on("all", (_event, path) => this.#note(path));
    // Of two changes within 50 ms chokidar tells of the first only; the system's own events tell of the second.
    this.#watcher.on("raw", (_event, name, details) => {
      const { watchedPath } = details as { watchedPath?: string };
      // Where the system names no file, chokidar gives none.
      if (watchedPath === undefined || typeof name !== "string") return;
      const path = basename(watchedPath) === name ? watchedPath : join(watchedPath, name);
      if (!isHidden(path)) this.#note(path);
    });
    this.ready = new Promise((done) => {
      this.#watcher.once("ready", done);
      signal.addEventListener("abort", () => done(), { once: true });
    });
    signal.addEventListener("abort", () => this.#wake(), { once: true });
  }

  #note(path: string): void {
    this.#changed.add(resolve(path));
    this.#wake();
  }

  /**
   * The paths that have changed since this was asked last, as soon as there are any and it has been quiet for a while. Empty
   * when the signal is raised.
   */
  async next(quietMs: number): Promise<ReadonlySet<string>> {
    while (this.#changed.size === 0 && !this.#signal.aborted) {
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
    let before: number;
    do {
      before = this.#changed.size;
      await pause(quietMs);
    } while (before !== this.#changed.size && !this.#signal.aborted);
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  /** Listens no longer. */
  async close(): Promise<void> {
    await this.#watcher.close();
  }
}

/** What editors and this program keep for themselves. */
function isHidden(path: string): boolean {
  return /(?:^|[\\/])(?:\.[^.\\/][^\\/]*|[^\\/]*~|node_modules)$/.test(path);
}

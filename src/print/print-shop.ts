import { availableParallelism } from "node:os";
import pLimit from "p-limit";
import type { Page } from "puppeteer";
import { Failure, throwIfInterrupted } from "../core/failure.ts";
import { sha256 } from "../core/identity.ts";
import type { HtmlDocument, PrintedPdf } from "../core/states.ts";
import { type LaunchOptions, launchBrowser, type RunningBrowser } from "./browser.ts";
import { type PrintOptions, PrintPage } from "./print.ts";
import { remoteFailure } from "./remote/failure.ts";
import { CLOSE_LIMIT_MS, within } from "./start-browser.ts";

/**
 * How many pages print at once. On two cores three are a tenth faster than four, as fast as two, and take a fifth less memory than
 * four; and this thread has no time for more than four.
 */
const PAGES = Math.min(4, availableParallelism() + 1);

/** How many documents a page prints before it makes room for a new one, which begins with an empty memory. */
const PRINTS_PER_PAGE = 200;

/** How a shop is set up. */
export interface PrintShopOptions extends LaunchOptions {
  /** How long one print may take, in milliseconds. */
  readonly stepTimeout?: number;
}

/** Long enough for any document: the longest seed plan takes well under a second in all. */
const STEP_TIMEOUT = 30_000;

/**
 * One browser and its pages, for as many documents as there are. It starts when it is first needed, and once more if
 * it crashes; the document that was being printed is then printed again.
 */
export class PrintShop {
  readonly #options: PrintShopOptions;
  readonly #limit = pLimit(PAGES);
  #running: Promise<RunningBrowser> | undefined;
  #idle: PrintPage[] = [];
  /** The browser that was given its first page. */
  #begun: Promise<RunningBrowser> | undefined;
  /** The first page, which is opened before there is a document for it. */
  #first: Promise<PrintPage | undefined> | undefined;
  /** The hash of what the browser has been given under each address: it may show it again without asking. */
  #served = new Map<string, string>();
  readonly #hashes = new WeakMap<Uint8Array, string>();
  #launches = 0;
  #program: string | undefined;
  /** Set when the browser has crashed for the second time. */
  #hopeless: Failure | undefined;

  constructor(options: PrintShopOptions) {
    this.#options = options;
  }

  /** True when no browser will print any more, because two have crashed. */
  get hopeless(): boolean {
    return this.#hopeless !== undefined;
  }

  /** How many browsers have been started. */
  get launches(): number {
    return this.#launches;
  }

  /** The program of the browser that prints; undefined before there is one, and when it is not known. */
  get program(): string | undefined {
    return this.#program;
  }

  /** The browser that prints, started if need be, and its first page on the way. */
  start(): Promise<RunningBrowser> {
    const running = this.launch();
    // Whoever prints first meets a failure; until then nobody is waiting.
    if (this.#begun !== running) this.#first = running.then((one) => this.#openWarm(one)).catch(() => undefined);
    this.#begun = running;
    return running;
  }

  /** The browser that prints, started if need be; nothing is opened in it. */
  launch(): Promise<RunningBrowser> {
    if (!this.#running) {
      this.#launches++;
      this.#running = launchBrowser(this.#options);
      this.#running.then(
        (running) => {
          this.#program = running.program;
        },
        () => undefined,
      );
    }
    return this.#running;
  }

  #prepare(page: Page): Promise<PrintPage> {
    return PrintPage.prepare(page, this.#options.stepTimeout ?? STEP_TIMEOUT);
  }

  async #open({ context }: RunningBrowser): Promise<PrintPage> {
    return await this.#prepare(await context.newPage());
  }

  async #openWarm(running: RunningBrowser): Promise<PrintPage> {
    const own = await running.firstPage?.();
    const page = own ? await this.#prepare(own) : await this.#open(running);
    // A document that is waiting already goes where it belongs at once.
    if (this.#limit.activeCount + this.#limit.pendingCount === 0) await page.warmUp();
    return page;
  }

  /** An idle page, else the first one, else a new one. */
  async #freePage(running: RunningBrowser): Promise<PrintPage> {
    // A page may have died while it was idle.
    this.#idle = this.#idle.filter((one) => !one.crashed);
    const idle = this.#idle.pop();
    if (idle) return idle;
    const first = this.#first;
    this.#first = undefined;
    const opened = await first;
    return opened && !opened.crashed ? opened : await this.#open(running);
  }

  /**
   * Prints a document on the next free page, and until its page numbers are true, where it shows any.
   *
   * @throws Failure as `PrintPage.print` does; `side-nede` or `browser-nede` after two crashes, `afbrudt` when the user
   * breaks off.
   */
  print(document: HtmlDocument, options: PrintOptions = {}): Promise<PrintedPdf> {
    return this.#limit(async () => {
      const first = await this.#attempt(document, options);
      if (first) return first;
      const second = await this.#attempt(document, options);
      if (second) return second;
      throw (
        this.#hopeless ??
        new Failure("print", "side-nede", "Browseren brød sammen to gange under udskriften af dette dokument.")
      );
    });
  }

  /** Ends the browser. */
  async close(): Promise<void> {
    const running = await this.#running?.catch(() => undefined);
    // Puppeteer would wait half a minute for a page that was being opened when its browser, or our part of it, ended.
    if (running && !this.#options.signal.aborted) {
      await within(CLOSE_LIMIT_MS, Promise.resolve(this.#first)).catch(() => undefined);
    }
    await running?.close();
  }

  /** Undefined when the browser or the page broke down meanwhile, so that it is worth another try. */
  async #attempt(document: HtmlDocument, options: PrintOptions): Promise<PrintedPdf | undefined> {
    throwIfInterrupted(this.#options.signal);
    if (this.#hopeless) throw this.#hopeless;
    const running = await this.start();
    const loss = this.#watchForLoss(running);
    try {
      return await Promise.race([this.#printOnFreePage(document, options, running), loss.happened]);
    } catch (cause) {
      throwIfInterrupted(this.#options.signal);
      if (running.browser.connected) throw cause;
      await this.#dismiss(running);
      return undefined;
    } finally {
      loss.stop();
    }
  }

  /** Undefined when the page crashed. */
  async #printOnFreePage(
    document: HtmlDocument,
    options: PrintOptions,
    running: RunningBrowser,
  ): Promise<PrintedPdf | undefined> {
    const apart = !this.#agreesWithServed(document);
    const page = apart ? await this.#openApart(running) : await this.#freePage(running);
    try {
      const printed = await page.print(document, options);
      if (apart || page.prints >= PRINTS_PER_PAGE) void page.close();
      else this.#idle.push(page);
      return printed;
    } catch (cause) {
      if (page.crashed) return undefined;
      // A page that met trouble may still be loading something: it is not used again.
      void page.close();
      throw cause;
    }
  }

  /**
   * Whether a document's files are those that the browser was given under the same addresses before. It may keep them from one
   * document to the next, which the fonts are worth, and would show the former ones.
   */
  #agreesWithServed({ assets }: HtmlDocument): boolean {
    const files = [...assets].map(([address, { bytes }]) => [address, this.#hashOf(bytes)] as const);
    if (files.some(([address, hash]) => (this.#served.get(address) ?? hash) !== hash)) return false;
    for (const [address, hash] of files) this.#served.set(address, hash);
    return true;
  }

  /** Forms are read once, so that most files are the same objects for all documents. */
  #hashOf(bytes: Uint8Array): string {
    const hash = this.#hashes.get(bytes) ?? sha256(bytes);
    this.#hashes.set(bytes, hash);
    return hash;
  }

  /** A page that shares nothing with the others, not even a process. It takes its context with it when it is closed. */
  async #openApart({ browser }: RunningBrowser): Promise<PrintPage> {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    page.once("close", () => void context.close().catch(() => {}));
    return await this.#prepare(page);
  }

  /** Closes the pages, and with them what they keep of documents' files. Not to be called while something is printed. */
  async renewPages(): Promise<void> {
    const first = await this.#first;
    const pages = first ? [...this.#idle, first] : this.#idle;
    this.#first = undefined;
    this.#idle = [];
    this.#served.clear();
    await Promise.all(pages.map((page) => page.close()));
  }

  /** What is asked of a browser that is killed is not always answered with an error: without this, Ctrl+C could hang. */
  #watchForLoss({ browser }: RunningBrowser): { happened: Promise<never>; stop(): void } {
    const { signal } = this.#options;
    let stop = () => {};
    const happened = new Promise<never>((_resolve, reject) => {
      const lose = () => reject(new Error("the browser is gone"));
      signal.addEventListener("abort", lose);
      browser.on("disconnected", lose);
      stop = () => {
        signal.removeEventListener("abort", lose);
        browser.off("disconnected", lose);
      };
    });
    happened.catch(() => {});
    return { happened, stop };
  }

  /** Forgets a browser that is gone, once, although several pages may notice. */
  async #dismiss(gone: RunningBrowser): Promise<void> {
    const current = await this.#running?.catch(() => undefined);
    if (current !== gone) return;
    this.#running = undefined;
    this.#first = undefined;
    this.#idle = [];
    this.#served.clear();
    await gone.close();
    if (this.#launches < 2) return;
    const { address } = gone.candidate;
    this.#hopeless =
      (address && remoteFailure(address, "forbindelsen til den blev afbrudt to gange")) ??
      new Failure("print", "browser-nede", "Browseren brød sammen igen, efter at den var startet forfra.", {
        hint: "Kør »resultatplan doctor«, og prøv en anden browser.",
      });
  }
}

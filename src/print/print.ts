import type { CDPSession, ConsoleMessage, HTTPRequest, Page } from "puppeteer";
import { Failure } from "../core/failure.ts";
import { asPrinted, FORM_ORIGIN, type HtmlDocument, type PrintedPdf } from "../core/states.ts";
import { decide, EMPTY_PAGE, type Served } from "./guard.ts";
import { partedWords, type SettleOptions, settle, unsetHtml } from "./settle.ts";

/** How a document with a table of contents learns what its elements with `data-sidetal` are to show, by their values. */
export interface PageNumbers {
  /** What a former print of the document showed; it may be so still. */
  readonly expected?: ReadonlyMap<string, string> | undefined;
  /** Reads them from a print. */
  read(printed: PrintedPdf): Promise<ReadonlyMap<string, string>>;
}

/** How many documents are printed between two sweeps. */
const PRINTS_PER_SWEEP = 20;

/** What a print may be told besides its document. */
export interface PrintOptions {
  /** For a document that shows page numbers. */
  readonly numbers?: PageNumbers | undefined;
  /** Called when the browser has the document and is busy with it, so that there is time for something else. */
  readonly onHanded?: (() => void) | undefined;
}

/** How often page numbers are printed until they are true: their own width can move a page's end once, hardly more often. */
const ATTEMPTS = 5;

/**
 * A page of a running browser, used for one document after the other. Scripts are off, and every request is answered
 * from the document itself or refused.
 */
export class PrintPage {
  readonly #page: Page;
  readonly #session: CDPSession;
  /** For each step, in milliseconds. */
  readonly #timeout: number;
  /** What is served; nothing but an empty page before the first document. */
  #document: Served = { base: FORM_ORIGIN, html: EMPTY_PAGE, assets: new Map() };
  /** Where the documents were that it has printed. */
  readonly #forms = new Set<string>();
  #troubles: string[] = [];
  #crashed = false;
  #prints = 0;
  #reportCrash: (reason: Error) => void = () => {};

  private constructor(page: Page, session: CDPSession, timeout: number) {
    this.#page = page;
    this.#session = session;
    this.#timeout = timeout;
  }

  /** Takes a fresh page and closes it to everything but the documents it will print. */
  static async prepare(page: Page, timeout: number): Promise<PrintPage> {
    const prepared = new PrintPage(page, await page.createCDPSession(), timeout);
    page.setDefaultTimeout(timeout);
    await Promise.all([page.setJavaScriptEnabled(false), page.setRequestInterception(true)]);
    page.on("request", (request) => void prepared.#answer(request));
    page.on("console", (message) => prepared.#hear(message));
    page.on("error", (reason) => prepared.#crash(reason));
    return prepared;
  }

  /**
   * Goes to where all forms are, so that the page has its process before there is a document to print. What goes wrong is
   * met again, and reported, by the first print.
   */
  async warmUp(): Promise<void> {
    await this.#page.goto(FORM_ORIGIN, { waitUntil: "load" }).catch(() => undefined);
  }

  /** How many documents it has printed, or tried to. */
  get prints(): number {
    return this.#prints;
  }

  /** Whether the page's process has died; the page is of no more use then. */
  get crashed(): boolean {
    return this.#crashed;
  }

  /** Closes the page; a page that is already gone is closed enough. */
  async close(): Promise<void> {
    await this.#page.close().catch(() => {});
  }

  /**
   * Prints a document, tagged and with an outline, on the sheet that its own styles name; with `numbers`, until the page
   * numbers that it shows are true.
   *
   * @throws Failure `udskrift` when anything is missing, refused or reported by the browser, `tidsfrist` when it takes
   * too long, `skrift` when a font did not load, `sidetal` when page numbers never come true: never a PDF that looks almost
   * right.
   */
  async print(document: HtmlDocument, options: PrintOptions = {}): Promise<PrintedPdf> {
    this.#prints++;
    this.#troubles = [];
    this.#document = { ...document, html: unsetHtml(document) };
    const watch = this.#watch();
    try {
      const printed = await Promise.race([this.#printSteps(document, options), watch.trouble]);
      if (this.#prints % PRINTS_PER_SWEEP === 0) this.#sweep();
      return printed;
    } catch (cause) {
      throw asFailure(cause, this.#timeout);
    } finally {
      watch.stop();
    }
  }

  /** What ends a print that would else wait for ever: a page that crashed answers nothing, nor does one that is stuck. */
  #watch(): { trouble: Promise<never>; stop(): void } {
    let stop = () => {};
    const trouble = new Promise<never>((_resolve, reject) => {
      const timer = setTimeout(() => reject(new TimeoutError()), this.#timeout);
      // A print that was given up must not keep the program waiting.
      timer.unref();
      stop = () => clearTimeout(timer);
      this.#reportCrash = reject;
    });
    trouble.catch(() => {});
    return { trouble, stop };
  }

  /** Lets the browser forget the documents that were printed; it would keep a hundred megabytes of them for every page. */
  #sweep(): void {
    this.#session.send("HeapProfiler.collectGarbage").catch(() => undefined);
  }

  async #printSteps(document: HtmlDocument, { numbers, onHanded }: PrintOptions): Promise<PrintedPdf> {
    const loading = this.#show(document, onHanded);
    // Met below; until then nobody listens.
    loading.catch(() => {});
    const parted = partedWords(document.html);
    await loading;
    await this.#settle({ parted, numbers: numbers?.expected, firstOfForm: !this.#forms.has(document.base) });
    this.#forms.add(document.base);
    const printed = numbers ? await this.#truePdf(numbers) : await this.#pdf(true);
    this.#throwTroubles();
    return printed;
  }

  /** Writes a document into the page, where the page is at the same origin; else goes to the document's address. */
  async #show({ base }: HtmlDocument, onHanded: (() => void) | undefined): Promise<void> {
    const moved = await this.#movedTo(base);
    const loading = moved
      ? this.#page.setContent(this.#document.html, { waitUntil: "load" })
      : this.#page.goto(base, { waitUntil: "load" });
    onHanded?.();
    await loading;
  }

  /**
   * Makes what was loaded ready to be printed.
   *
   * @throws Failure `skrift`, `billede` for what is missing, `for-bred` when something is wider than the page
   */
  async #settle(options: SettleOptions): Promise<void> {
    const { unloadedFonts, brokenPictures, tooWide } = await settle(this.#page, options);
    if (unloadedFonts.length > 0)
      throw new Failure("print", "skrift", `Skriften kunne ikke indlæses: ${unloadedFonts.join(", ")}.`, {
        hint: "Se efter filen i skabelonens mappe og adressen i dens CSS.",
      });
    // What was refused is told with its address, which pictures do not know.
    this.#throwTroubles();
    if (brokenPictures.length > 0) {
      const which = brokenPictures.join("«, »");
      throw new Failure("print", "billede", `Billedet kan ikke læses som et billede: »${which}«.`, {
        hint: "Gem det igen som PNG, JPEG eller SVG.",
      });
    }
    if (tooWide !== undefined)
      throw new Failure("print", "for-bred", `Noget er bredere end siden: »${tooWide}«.`, {
        hint: "Er det en tabel, så giv den færre kolonner eller kortere ord; er det en overskrift, så brug kortere ord i den; er det et link, så skriv det som [tekst](adresse).",
      });
  }

  /** Prints until the page numbers that are shown are those of the print. */
  async #truePdf({ expected, read }: PageNumbers): Promise<PrintedPdf> {
    let shown = expected;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      // Where nothing is expected the first print is only read: tags change nothing about the pages, and take their time.
      const printed = await this.#pdf(shown !== undefined);
      const told = await read(printed);
      if (shown && [...told].every(([anchor, number]) => shown?.get(anchor) === number)) return printed;
      shown = told;
      await this.#settle({ parted: [], numbers: shown, again: true });
    }
    throw new Failure("print", "sidetal", "Indholdsfortegnelsens sidetal skifter, hver gang de bliver sat ind.", {
      hint: "Giv sidetallene en fast bredde i skabelonens CSS (min-width), så siderne ikke flytter sig med dem.",
    });
  }

  /** What `Page.pdf` does, in one message instead of a stream of them; the fonts have been waited for. */
  async #pdf(whole: boolean): Promise<PrintedPdf> {
    const { data } = await this.#session.send("Page.printToPDF", {
      ...sheet,
      generateTaggedPDF: whole,
      generateDocumentOutline: whole,
    });
    const bytes = Buffer.from(data, "base64");
    return asPrinted(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  }

  /** Takes the page to another address of the same origin without loading it: what stands there is replaced anyway. */
  async #movedTo(base: string): Promise<boolean> {
    const here = this.#page.url();
    if (here === base) return true;
    if (!here.startsWith(FORM_ORIGIN) || !base.startsWith(FORM_ORIGIN)) return false;
    const there = await this.#page.evaluate((address) => {
      history.replaceState(null, "", address);
      return location.href;
    }, base);
    return there === base;
  }

  #crash(reason: Error): void {
    this.#crashed = true;
    this.#reportCrash(reason);
  }

  async #answer(request: HTTPRequest): Promise<void> {
    try {
      const decision = decide(request.url(), request.method(), this.#document);
      if ("serve" in decision) {
        await request.respond({ status: 200, contentType: decision.serve.contentType, body: decision.serve.bytes });
      } else {
        this.#troubles.push(`Dokumentet beder om noget, der ikke hører til det: ${decision.refuse}`);
        await request.abort("accessdenied");
      }
    } catch {
      // The page went away while it was answered; the print itself reports that.
    }
  }

  #hear(message: ConsoleMessage): void {
    // What was refused has been noted with its address, which this message does not tell.
    if (message.text().startsWith("Failed to load resource")) return;
    if (message.type() === "error" || message.type() === "warn") {
      this.#troubles.push(`Browseren melder: ${message.text()}`);
    }
  }

  #throwTroubles(): void {
    if (this.#troubles.length > 0)
      throw new Failure("print", "udskrift", `Udskriften er standset. ${this.#troubles.join(" ")}`);
  }
}

/** The sheet and margins that the document's own styles name, with its colours. */
const sheet = {
  preferCSSPageSize: true,
  printBackground: true,
  marginTop: 0,
  marginBottom: 0,
  marginLeft: 0,
  marginRight: 0,
} as const;

class TimeoutError extends Error {
  override readonly name = "TimeoutError";
}

function asFailure(cause: unknown, timeout: number): unknown {
  if (cause instanceof Failure) return cause;
  if (cause instanceof Error && cause.name === "TimeoutError") {
    return new Failure(
      "print",
      "tidsfrist",
      `Udskriften blev ikke færdig inden for ${(timeout / 1000).toLocaleString("da-DK")} sekunder.`,
      {
        cause,
      },
    );
  }
  return cause;
}

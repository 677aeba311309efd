import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, ConnectionTransport, Page } from "puppeteer";
import { throwIfInterrupted } from "../core/failure.ts";
import { programOfProcess } from "./browser-identity.ts";
import { type BrowserProcess, startBrowserProcess } from "./browser-process.ts";

/** The first Chromium that prints CSS margin boxes (`@top-left` and the like), which carry the page furniture. */
const OLDEST_MAJOR = 131;

/** How long a browser may take to answer its first questions; half a second is usual. Some hang instead of failing. */
export const START_LIMIT_MS = 20_000;

/** Where the page is that a browser opens by itself. */
const FIRST_PAGE = "about:blank";

/** How long the end of a browser's process is waited for. */
export const CLOSE_LIMIT_MS = 1_000;

/** One way to start one browser. */
export interface StartOptions {
  readonly executablePath: string;
  /** Added to our own environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly sandboxed: boolean;
  /** True for a headless shell, see `isHeadlessShell`. */
  readonly shell?: boolean;
  readonly signal: AbortSignal;
  /** How long to wait for its first answer; 20 s unless a test is in a hurry. */
  readonly limitMs?: number;
  /** Called when the process has been started. */
  readonly onSpawned?: () => void;
}

/** A browser that has answered and is new enough. */
export interface StartedBrowser {
  readonly browser: Browser;
  /** Where pages are opened. */
  readonly context: BrowserContext;
  /** The page that a browser of our own opened by itself, and that nobody else will use; it may be too late for it. */
  readonly firstPage?: () => Promise<Page | null>;
  /** For example `143.0.7499.0`. */
  readonly version: string;
  /** The program that its process runs, see `programOfProcess`; of a browser elsewhere, what tells it from another. */
  readonly program: string | undefined;
  /** Ends the process and removes its profile, or leaves a browser elsewhere as it was; may be called more than once, and never throws. */
  close(): Promise<void>;
}

/** Why a browser could not be started; by then nothing of it is left. */
export interface Refusal {
  /** Danish, continues a sentence that names the browser. */
  readonly refused: string;
  /** True when it was the system's refusal to give it a sandbox. */
  readonly sandboxTrouble: boolean;
}

/**
 * Starts a browser and shakes hands with it.
 *
 * @throws Failure `afbrudt` when the signal is raised meanwhile; the browser is gone by then.
 */
export async function startBrowser(options: StartOptions): Promise<StartedBrowser | Refusal> {
  const { signal } = options;
  throwIfInterrupted(signal);
  const profile = await mkdtemp(join(tmpdir(), "resultatplan-browser-"));
  const env = { ...process.env, ...options.env, ...temporaryFolder(profile) };
  const running = startBrowserProcess(options.executablePath, browserArguments(profile, options), env);
  options.onSpawned?.();
  let closing: Promise<void> | undefined;
  const close = () => {
    signal.removeEventListener("abort", abort);
    closing ??= end(running, profile);
    return closing;
  };
  const abort = () => {
    running.kill();
    void close();
  };
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  try {
    const answer = await within(options.limitMs ?? START_LIMIT_MS, shakeHands(running));
    if (typeof answer === "string") throw new Error(answer);
    const program = await programOfProcess(running.pid, options.executablePath);
    const { browser, product } = answer;
    const version = requireNewEnough(product);
    const context = browser.defaultBrowserContext();
    return { browser, context, firstPage: () => firstPageOf(context), version, program, close };
  } catch (cause) {
    await close();
    throwIfInterrupted(signal);
    return explain(cause, running.log());
  }
}

async function firstPageOf(context: BrowserContext): Promise<Page | null> {
  const target = context.targets().find((one) => one.type() === "page" && one.url() === FIRST_PAGE);
  return (await target?.page()) ?? null;
}

/** What a socket's address may be long on Linux, less what Chromium adds (`/.org.chromium.Chromium.XXXXXX/SingletonSocket`). */
const LONGEST_SOCKET_FOLDER = 107 - 46;

/** Chromium's own temporary files lie in its profile, so that they go with it even when it is killed while it starts. */
function temporaryFolder(profile: string): Record<string, string> {
  return process.platform === "linux" && profile.length <= LONGEST_SOCKET_FOLDER ? { TMPDIR: profile } : {};
}

/** A browser that answers. */
export interface Answer {
  readonly browser: Browser;
  /** What it calls itself, for example `HeadlessChrome/143.0.7499.0`. */
  readonly product: string;
}

/** The browser, or how it ended instead. */
async function shakeHands(running: BrowserProcess): Promise<Answer | string> {
  // How the process ended is worth more than Puppeteer's »Target closed«, but is known a moment later.
  const connecting = connect(running.transport, { policy: "deny" }).catch((cause) =>
    within(CLOSE_LIMIT_MS, running.ended).catch(() => Promise.reject(cause)),
  );
  return await Promise.race([connecting, running.ended]);
}

/**
 * Makes Puppeteer speak through a transport.
 *
 * @param downloads what the browser's own pages may do
 */
export async function connect(
  transport: ConnectionTransport,
  downloads: { readonly policy: "deny" } | undefined,
): Promise<Answer> {
  // `puppeteer` itself looks for `.puppeteerrc.cjs` from the current folder upwards and runs what it finds there, so a
  // plan's folder from elsewhere could run code. The core is the same library without that, and this part of it is what
  // its `connect` calls for Chromium: all of it takes a third of a second to load, this a tenth of that.
  const { _connectToCdpBrowser } = await import("puppeteer-core/internal/cdp/BrowserConnector.js");
  const connected = await _connectToCdpBrowser(transport, "", {
    defaultViewport: null,
    ...(downloads && { downloadBehavior: downloads }),
  });
  // One class with two declarations: the package's own, and the one of its parts.
  const browser = connected as unknown as Browser;
  return { browser, product: await browser.version() };
}

/** @throws Error in Danish, which continues a sentence that names the browser */
export function requireNewEnough(product: string): string {
  const version = /\/(\d+[\d.]*)/.exec(product)?.[1] ?? "";
  if (Number.parseInt(version, 10) >= OLDEST_MAJOR) return version;
  throw new Error(`er for gammel (${product}); der kræves version ${OLDEST_MAJOR} eller nyere`);
}

/** A browser has nothing to save, and takes its time to end in its own way. */
async function end(running: BrowserProcess, profile: string): Promise<void> {
  running.kill();
  // Only a process that hangs in the kernel outlives this; waiting longer would not help it.
  await within(CLOSE_LIMIT_MS, running.ended).catch(() => undefined);
  // Files that a dying process still holds are tried again; what can't be removed is the temporary folder's business.
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }).catch(() => undefined);
}

/** @throws Error in Danish, which continues a sentence that names the browser, when the work takes longer */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`svarede ikke inden for ${limitMs / 1000} sekunder`)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What Chromium writes when the system will not give it a sandbox (and only then). */
const sandboxComplaints =
  /No usable sandbox|Running as root without --no-sandbox|SUID sandbox helper|Failed to move to new namespace|(?:PR_SET_NO_NEW_PRIVS|zygote_host_impl_linux|namespace_sandbox|sandbox\/linux|sandbox_linux).*(?:failed|Operation not permitted)/i;

function explain(cause: unknown, log: string): Refusal {
  // [1121/031133.227214:FATAL:../content/browser/zygote_host/zygote_host_impl_linux.cc:128] No usable sandbox! …
  const lines = log.split("\n").filter((line) => line.trim() !== "");
  const telling =
    lines.find((line) => sandboxComplaints.test(line)) ??
    lines.find((line) => line.includes(":FATAL:") || line.includes("shared libraries")) ??
    lines[0];
  const words = telling?.replace(/^\[[^\]]*\]\s*/, "").slice(0, 200);
  const how = cause instanceof Error ? cause.message : String(cause);
  return {
    refused: words === undefined ? how : `${how}: ${words}`,
    sandboxTrouble: sandboxComplaints.test(log),
  };
}

/** A quiet browser that knows nobody: no network, no profile of the user's, no graphics card. */
export function browserArguments(
  profile: string,
  { sandboxed, shell = false }: Pick<StartOptions, "sandboxed" | "shell">,
): string[] {
  return [
    // Full browsers need the value, headless shells take no notice of it.
    "--headless=new",
    "--remote-debugging-pipe",
    `--user-data-dir=${profile}`,
    ...(sandboxed ? [] : ["--no-sandbox"]),
    // A shell then keeps in memory what it would write into its profile, and is sooner up and gone. A full browser would still
    // write, and may be told by its owner to have no such mode.
    ...(shell ? ["--incognito"] : []),
    // Whatever a page asks for is answered by us; a name that slips past is not found, and no proxy looks it up for us.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--no-pings",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-component-extensions-with-background-pages",
    "--disable-features=Translate,MediaRouter,OptimizationHints",
    // Crash reports would hold the text of a plan that is not public yet.
    "--disable-breakpad",
    "--disable-crash-reporter",
    // No questions about the keychain.
    "--password-store=basic",
    "--use-mock-keychain",
    // Glyphs where the font says they are, whatever the machine's settings for its screen.
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    // Printing needs no graphics; without both, the bundled browser looks in vain for a driver again and again.
    "--disable-gpu",
    "--disable-software-rasterizer",
    // Containers often have 64 MB of shared memory.
    "--disable-dev-shm-usage",
    // Nobody looks at the pages: those behind are to be as fast as the one in front.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--mute-audio",
    // What a screen would show of a page is painted anew whenever the page changes, and here for nobody: a small window, and no
    // second thread that keeps a picture of it ready. The two take a fifth off a print.
    "--window-size=800,16",
    "--disable-threaded-compositing",
    // The page that the first document is printed on opens while the browser is still starting.
    FIRST_PAGE,
  ];
}

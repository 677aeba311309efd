import type { Browser, BrowserContext, Page } from "puppeteer";
import { Failure, throwIfInterrupted } from "../core/failure.ts";
import { findBundledPackage, unpackBundled } from "./bundled-browser.ts";
import {
  type Candidate,
  findBrowsers,
  isHeadlessShell,
  OVERRIDE_VARIABLE,
  overrideCandidate,
  type Surroundings,
  thisMachine,
} from "./find-browser.ts";
import { remoteFailure } from "./remote/failure.ts";
import { type Refusal, type StartedBrowser, startBrowser } from "./start-browser.ts";
import { userCacheFolder } from "./user-cache.ts";

/** How a browser is to be launched. */
export interface LaunchOptions {
  /** The path that the user gave as a flag; it goes before the environment variable. */
  readonly override: string | undefined;
  /** Raised when the user breaks off: the browser is killed at once. */
  readonly signal: AbortSignal;
  /** Takes Danish sentences for the user: what takes time, and what is less safe than it should be. */
  onNotice(text: string): void;
  /** Called when the first browser's process has been started; it comes up on its own then. */
  readonly onSpawned?: () => void;
}

/** A browser that is ready to print. */
export interface RunningBrowser {
  readonly browser: Browser;
  /** Where its pages are opened: in a browser that others use, too, a context of our own. */
  readonly context: BrowserContext;
  /** The page that a browser of our own opened by itself, for whoever asks first. */
  readonly firstPage?: () => Promise<Page | null>;
  readonly candidate: Candidate;
  /** Undefined when it runs elsewhere. */
  readonly executablePath: string | undefined;
  /** For example `143.0.7499.0`. */
  readonly version: string;
  /** The program that its process runs, or what tells a browser elsewhere from another; undefined when that is not known. */
  readonly program: string | undefined;
  /** False when the system would not let the browser shut its page processes in. */
  readonly sandboxed: boolean;
  /** True when a browser elsewhere moves letters to suit a screen, so that lines may break in other places. */
  readonly hinted?: boolean;
  /**
   * Ends the browser and removes its profile; a browser elsewhere is only left. It never throws, takes about two seconds at most, and may be called more
   * than once; to be awaited also after the signal was raised, lest the program end before the profile is removed.
   */
  close(): Promise<void>;
}

/** What `doctor` tells about one browser. */
export interface BrowserReport {
  readonly candidate: Candidate;
  /** Undefined when the bundled browser could not be unpacked, and for one that runs elsewhere. */
  readonly executablePath: string | undefined;
  /** Undefined when the browser can't be used; then `problem` says why. */
  readonly version: string | undefined;
  readonly problem: string | undefined;
  readonly sandboxed: boolean;
  /** True for the one that `launchBrowser` would use. */
  readonly chosen: boolean;
}

/**
 * Launches the best browser that works. Every browser is first tried with its sandbox; only when none works so, those that
 * the system refused a sandbox are tried without, and the user is told.
 *
 * @param outside the machine; a test may describe another one
 * @throws Failure `browser-mangler` when no browser works, `afbrudt` when the signal is raised meanwhile.
 */
export async function launchBrowser(
  options: LaunchOptions,
  outside: Surroundings = thisMachine(),
): Promise<RunningBrowser> {
  throwIfInterrupted(options.signal);
  const refused = new Map<Candidate, Refused>();
  const shutIn = sandboxIsPossible(outside);
  for (const candidate of findBrowsers(options.override, outside)) {
    const result = await attempt(candidate, shutIn, options, outside);
    if ("browser" in result) return withNotice(result, options, outside);
    if (candidate.address) throw remoteFailure(candidate.address, result.refused);
    refused.set(candidate, result);
  }
  for (const { candidate, sandboxTrouble } of refused.values()) {
    if (!shutIn || !sandboxTrouble) continue;
    const result = await attempt(candidate, false, options, outside);
    if ("browser" in result) return withNotice(result, options, outside);
    refused.set(candidate, result);
  }
  throw noBrowser([...refused.values()], outside);
}

/**
 * Tries every browser that could be used, best first. The bundled one is unpacked if it is not yet.
 *
 * @throws Failure `afbrudt` when the signal is raised meanwhile.
 */
export async function describeBrowsers(
  override: string | undefined,
  signal: AbortSignal = new AbortController().signal,
  outside: Surroundings = thisMachine(),
): Promise<BrowserReport[]> {
  const options: LaunchOptions = { override, signal, onNotice: () => undefined };
  const reports: BrowserReport[] = [];
  try {
    for (const candidate of findBrowsers(override, outside)) reports.push(await describe(candidate, options, outside));
  } catch (cause) {
    const candidate = overrideCandidate(override, outside);
    if (candidate === undefined || !(cause instanceof Failure) || cause.exit === "interrupted") throw cause;
    const { executablePath } = candidate;
    return [{ candidate, executablePath, version: undefined, problem: cause.message, sandboxed: false, chosen: false }];
  }
  const usable = reports.filter((one) => one.version !== undefined);
  const chosen = usable.find((one) => one.sandboxed) ?? usable[0];
  return reports.map((one) => ({ ...one, chosen: one === chosen }));
}

async function describe(candidate: Candidate, options: LaunchOptions, outside: Surroundings): Promise<BrowserReport> {
  let result = await attempt(candidate, sandboxIsPossible(outside), options, outside);
  if ("refused" in result && result.sandboxTrouble) result = await attempt(candidate, false, options, outside);
  const { executablePath } = result;
  if ("refused" in result) {
    return { candidate, executablePath, version: undefined, problem: result.refused, sandboxed: false, chosen: false };
  }
  await result.close();
  const { version, sandboxed } = result;
  return { candidate, executablePath, version, problem: undefined, sandboxed, chosen: false };
}

/** A candidate that did not work, as it was tried. */
interface Refused extends Refusal {
  readonly candidate: Candidate;
  readonly executablePath: string | undefined;
}

/** Tries one browser in one way. Only an interruption is thrown; any other trouble is a reason to try the next. */
async function attempt(
  candidate: Candidate,
  sandboxed: boolean,
  options: LaunchOptions,
  outside: Surroundings,
): Promise<RunningBrowser | Refused> {
  if (candidate.address) {
    options.onSpawned?.();
    const executablePath = undefined;
    // What speaks WebSocket is loaded by those who need it.
    const { connectToRemote } = await import("./remote/connect.ts");
    return { ...(await connectToRemote(candidate.address, options.signal)), candidate, executablePath };
  }
  let program: Program;
  try {
    program = await programOf(candidate, options, outside);
  } catch (cause) {
    if (!(cause instanceof Failure) || cause.exit === "interrupted") throw cause;
    const refused = [cause.message, cause.hint].filter(Boolean).join(" ");
    return { candidate, executablePath: undefined, refused, sandboxTrouble: false };
  }
  const { executablePath, env } = program;
  const result: StartedBrowser | Refusal = await startBrowser({
    executablePath,
    env,
    sandboxed,
    shell: isHeadlessShell(candidate),
    signal: options.signal,
    ...(options.onSpawned && { onSpawned: options.onSpawned }),
  });
  return "refused" in result
    ? { ...result, candidate, executablePath }
    : { ...result, candidate, executablePath, sandboxed };
}

interface Program {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

async function programOf(candidate: Candidate, options: LaunchOptions, outside: Surroundings): Promise<Program> {
  if (candidate.executablePath !== undefined) return { executablePath: candidate.executablePath, env: {} };
  return await unpackBundled(findBundledPackage(), {
    cache: userCacheFolder(outside),
    uid: outside.uid,
    signal: options.signal,
    onProgress: options.onNotice,
  });
}

/** As root on Linux Chromium refuses to start with a sandbox. */
function sandboxIsPossible(outside: Surroundings): boolean {
  return outside.platform !== "linux" || outside.uid !== 0;
}

function withNotice(running: RunningBrowser, options: LaunchOptions, outside: Surroundings): RunningBrowser {
  if (!running.sandboxed && !running.candidate.address) options.onNotice(sandboxNotice(outside));
  if (running.hinted) options.onNotice(HINTED_NOTICE);
  return running;
}

const HINTED_NOTICE =
  "Den fjerne browser er startet uden »--font-render-hinting=none«. Linjerne kan derfor brydes andre steder end med en browser " +
  "på denne maskine; se docs/drift.md.";

/** Why a browser runs without its sandbox on a machine, and what brings it back. */
export function sandboxNotice(outside: Surroundings = thisMachine()): string {
  const why = sandboxIsPossible(outside)
    ? "fordi systemet ikke tillader den; tillad »unprivileged user namespaces«, så tages den i brug"
    : "fordi programmet køres som root; kør det som en almindelig bruger, så tages den i brug";
  return `Browseren kører uden sin beskyttende sandkasse (sandbox), ${why}.`;
}

/** What to do on a machine where no browser can be used. */
export function installAdvice(platform: NodeJS.Platform): string {
  const debian = platform === "linux" ? " (på Debian: »apt install chromium-headless-shell«)" : "";
  return (
    `Installér Google Chrome, Microsoft Edge eller Chromium${debian}, ` +
    `eller sæt miljøvariablen ${OVERRIDE_VARIABLE} til stien til en browsers programfil.`
  );
}

function noBrowser(refused: readonly Refused[], outside: Surroundings): Failure {
  const tried = refused.map(({ candidate, executablePath, refused: why }) => {
    const path = executablePath === undefined ? "" : ` (${executablePath})`;
    return `– ${candidate.name}${path}: ${why}`;
  });
  const message = tried.length === 0 ? "Der blev ikke fundet nogen browser." : "Ingen browser kunne startes.";
  return new Failure("environment", "browser-mangler", message, {
    hint: [...tried, installAdvice(outside.platform)].join("\n"),
  });
}

import { type ChildProcess, execFile, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type { ConnectionTransport } from "puppeteer";

/** What is kept of a browser's complaints; the reason why it will not start stands in its first lines. */
const LOG_CHARACTERS = 8000;

/** A browser's process: the pipe to it, its complaints and its end. */
export interface BrowserProcess {
  /** The two pipes, as Puppeteer wants them. */
  readonly transport: ConnectionTransport;
  /** Settles when the process is gone, or never was; tells how. It never rejects. */
  readonly ended: Promise<string>;
  /** The beginning of what the browser wrote to its error stream. */
  log(): string;
  /** Kills the process and everything it started, at once. */
  kill(): void;
  /** The number of the process; undefined when there never was one. */
  readonly pid: number | undefined;
}

/**
 * Starts a browser with a pair of pipes to it.
 *
 * Puppeteer's own launcher is not used, because over pipes it (24.43) ends the whole program when the browser cannot be
 * run, hides what the browser says about why, and never tires of waiting for a browser that says nothing. Pipes are
 * wanted because nobody else on the machine can talk into them, and because a browser ends itself when they close:
 * however we end, it ends too. Started here, the browser also comes up while Puppeteer is still being read.
 */
export function startBrowserProcess(
  executablePath: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): BrowserProcess {
  const child = spawnInOwnGroup(executablePath, args, env);
  if (child instanceof Error) return neverStarted(child);
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    // Read on even when enough is kept: a full pipe would stop the browser.
    if (log.length < LOG_CHARACTERS) log += text.slice(0, LOG_CHARACTERS - log.length);
  });
  const ended = new Promise<string>((resolve) => {
    // A wrapper script or a crash can leave helpers behind, which would also keep the error stream open.
    child.once("exit", () => signalGroup(child));
    child.once("error", (cause) => resolve(`kan ikke startes (${cause.message})`));
    child.once("close", (code, signal) => resolve(`sluttede med ${signal ?? `kode ${code}`}`));
  });
  return { transport: pipeTransport(child), ended, log: () => log, kill: () => killGroup(child), pid: child.pid };
}

function spawnInOwnGroup(
  executablePath: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ChildProcess | Error {
  try {
    return spawn(executablePath, [...args], {
      env: { ...env },
      stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
      // A group of its own can be killed as one, and a Ctrl+C in the terminal reaches only us, who then close in order.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
  } catch (cause) {
    // Some refusals are thrown (a file that is no program), others arrive as an event (no right to run it).
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}

function neverStarted(cause: Error): BrowserProcess {
  const transport: ConnectionTransport = { send: () => undefined, close: () => undefined };
  return {
    transport,
    ended: Promise.resolve(`kan ikke startes (${cause.message})`),
    log: () => "",
    kill: () => undefined,
    pid: undefined,
  };
}

/** DevTools over pipes: messages in UTF-8 with a NUL after each, to the browser on 3 and from it on 4. */
function pipeTransport(child: ChildProcess): ConnectionTransport {
  const outgoing = child.stdio[3] as Writable;
  const incoming = child.stdio[4] as Readable;
  const transport: ConnectionTransport = {
    send: (message) => void outgoing.write(`${message}\0`),
    close: () => outgoing.end(),
  };
  let pending: Buffer[] = [];
  incoming.on("data", (chunk: Buffer) => {
    let from = 0;
    for (let nul = chunk.indexOf(0); nul !== -1; nul = chunk.indexOf(0, from)) {
      const message = Buffer.concat([...pending, chunk.subarray(from, nul)]).toString("utf8");
      pending = [];
      from = nul + 1;
      // One turn of the loop each, so that whoever waits for a message has run before the next one comes.
      setImmediate(() => transport.onmessage?.(message));
    }
    if (from < chunk.length) pending.push(chunk.subarray(from));
  });
  incoming.on("close", () => setImmediate(() => transport.onclose?.()));
  // A browser that ends breaks the pipes; that it ended is told by `ended`.
  incoming.on("error", () => undefined);
  outgoing.on("error", () => undefined);
  return transport;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === "win32") execFile("taskkill", ["/pid", String(child.pid), "/T", "/F"], () => child.kill());
  else signalGroup(child);
}

/** Kills what is left of the group that was started; Windows has no groups, there the helpers end by themselves. */
function signalGroup(child: ChildProcess): void {
  if (child.pid === undefined || process.platform === "win32") return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // Nothing is left of it.
  }
}

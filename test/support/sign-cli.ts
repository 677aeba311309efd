import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const main = resolve(import.meta.dirname, "../../dist/main.js");
const watcher = pathToFileURL(resolve(import.meta.dirname, "watch-writes.mjs")).href;

/** How a run of `resultatplan sign` ended. */
export interface Run {
  /** The exit code; undefined where it was killed. */
  readonly code: number | undefined;
  readonly text: string;
}

/**
 * Runs of `resultatplan sign` with a folder of their own for temporary files, in which all that they write and say is kept:
 * also files that are there for a moment only.
 */
export class SignRuns {
  readonly folder: string;
  #count = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** The environment of a run, with what keeps and kills. */
  async #environment(more: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
    this.#count += 1;
    const own = join(this.folder, `kørsel-${this.#count}`);
    await mkdir(join(own, "tmp"), { recursive: true });
    const { RESULTATPLAN_KODEORD: _none, ...rest } = process.env;
    return { ...rest, TMPDIR: join(own, "tmp"), WATCHED_WRITES: join(own, "skrevet"), ...more };
  }

  /** Runs the command, without a terminal. */
  async sign(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
    const environment = await this.#environment(env);
    return ended(
      spawn(process.execPath, ["--import", watcher, main, "sign", ...args], { env: environment }),
      environment,
    );
  }

  /** Runs the command on a pseudo-terminal, where somebody types `keys` as soon as a question is asked. */
  async signOnTerminal(args: readonly string[], keys: string): Promise<Run> {
    const environment = await this.#environment({ TYPED_KEYS: keys });
    const script = resolve(import.meta.dirname, "../judges/terminal.py");
    const command = [script, process.execPath, "--import", watcher, main, "sign", ...args];
    return ended(spawn("python3", command, { env: environment }), environment);
  }

  /** The steps of the last run's work on files. */
  async steps(): Promise<string[]> {
    const path = join(this.folder, `kørsel-${this.#count}`, "skrevet", "steps");
    return existsSync(path) ? (await readFile(path, "utf8")).trim().split("\n") : [];
  }
}

async function ended(child: ReturnType<typeof spawn>, environment: NodeJS.ProcessEnv): Promise<Run> {
  const parts: Buffer[] = [];
  child.stdout?.on("data", (part: Buffer) => parts.push(part));
  child.stderr?.on("data", (part: Buffer) => parts.push(part));
  const code = await new Promise<number | null>((done, reject) => child.on("error", reject).on("close", done));
  const text = Buffer.concat(parts);
  await writeFile(join(environment.TMPDIR ?? "", "..", "sagt"), text);
  return { code: code ?? undefined, text: text.toString("utf8") };
}

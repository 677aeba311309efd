import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type RemoteBrowser, startRemote } from "./support/remote-browser.ts";

const repository = resolve(import.meta.dirname, "..");
const linux = process.platform === "linux" && process.arch === "x64";

describe.skipIf(!linux)("commands with a browser that runs already (needs the bundled browser: Linux, x64)", () => {
  let root: string;
  let remote: RemoteBrowser;
  let before: Awaited<ReturnType<RemoteBrowser["state"]>>;

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "resultatplan-remote-"));
    for (const folder of ["plans", "templates"])
      await cp(join(repository, folder), join(root, folder), { recursive: true });
    remote = await startRemote();
    before = await remote.state();
  });
  afterAll(async () => {
    await remote.stop();
    await rm(root, { recursive: true, force: true });
  });

  function begin(args: readonly string[], env: Record<string, string> = {}) {
    const child = spawn(process.execPath, [join(repository, "dist/main.js"), ...args, "--root", root], {
      env: { ...process.env, RESULTATPLAN_BROWSER: "", ...env },
    });
    let out = "";
    let remarks = "";
    child.stdout.on("data", (text) => (out += text));
    child.stderr.on("data", (text) => (remarks += text));
    const ended = new Promise<{ code: number | null; out: string; remarks: string }>((done) =>
      child.once("close", (code) => done({ code, out, remarks })),
    );
    return { child, ended };
  }

  const untouched = () => vi.waitFor(async () => expect(await remote.state()).toEqual(before), { timeout: 5000 });

  test("build by the variable, know what has not changed, and end at once", async () => {
    const env = { RESULTATPLAN_BROWSER: remote.http };
    const plan = "benchmarkingenheden-2024";
    const first = await begin(["build", plan, "--json-lines"], env).ended;
    expect([first.code, first.remarks]).toEqual([0, ""]);
    const pdf = await readFile(join(root, "output", plan, "plan.pdf"));
    const begun = performance.now();
    const again = await begin(["build", plan], env).ended;
    expect(again.out + again.remarks).toContain("0 dokumenter fra 1 plan bygget");
    // Whatever Puppeteer might still wait for, it waits for 30 s.
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect((await readFile(join(root, "output", plan, "plan.pdf"))).equals(pdf)).toBe(true);
    await untouched();

    const another = await startRemote((args) => [...args, "--force-device-scale-factor=2"]);
    const changed = await begin(["build", plan, "--browser", another.ws]).ended;
    expect(changed.out + changed.remarks).toContain("3 dokumenter fra 1 plan bygget");
    await another.stop();
    const gone = await begin(["build", plan, "--browser", another.ws]).ended;
    expect(gone.code).toBe(10);
    expect(gone.out + gone.remarks).toContain("[browser-mangler]");
    expect((await readFile(join(root, "output", plan, "plan.pdf"))).equals(pdf)).toBe(true);
  });

  test("doctor tells of it", async () => {
    const { code, out } = await begin(["doctor", "--browser", remote.ws]).ended;
    expect(code).toBe(0);
    expect(out).toMatch(/Den fjerne browser: version \d+\.[\d.]+.*bruges\n {6}ws:\/\/127\.0\.0\.1:\d+\/…\n/);
    await untouched();
  });

  test.each([
    ["SIGINT", 100],
    ["SIGINT", 400],
    ["SIGINT", 700],
    ["SIGKILL", 500],
    ["SIGKILL", 800],
  ] as const)("%s after %i ms leaves no page behind", async (signal, delay) => {
    const { child, ended } = begin(["build", "--force", "--browser", remote.http]);
    setTimeout(() => child.kill(signal), delay);
    const { code } = await ended;
    // A quick machine may have been done before, and a slow one not yet have listened for signals.
    expect([130, null, 0]).toContain(code);
    await untouched();
  });
});

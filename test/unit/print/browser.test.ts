import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { describe, expect, test, vi } from "vitest";
import { base, bundledRuns, launch, machine, notices, processesOf, temporary } from "./fake-browsers.ts";

const LONG = 30_000;

describe.skipIf(!bundledRuns)("the bundled browser", () => {
  test("prints, sandboxed unless this is root, and ends without a trace", { timeout: LONG }, async () => {
    const running = await launch(machine());
    expect(running.candidate.kind).toBe("bundled");
    expect(running.executablePath?.startsWith(join(base, "cache/resultatplan/chromium-"))).toBe(true);
    expect(Number.parseInt(running.version, 10)).toBeGreaterThanOrEqual(131);
    const page = await running.browser.newPage();
    await page.setContent("<p>Rød grød med fløde");
    const pdf = Buffer.from(await page.pdf()).toString("latin1");
    expect(pdf.startsWith("%PDF-")).toBe(true);
    // No system font got in, and one was found at all.
    expect(pdf.match(/\/FontName \S+/g)).toEqual(["/FontName /AAAAAA+OpenSans-Regular"]);
    if (process.getuid?.() === 0) expect(running.sandboxed).toBe(false);
    expect(notices.some((text) => text.includes("sandkasse"))).toBe(!running.sandboxed);
    expect(processesOf(temporary)).not.toEqual([]);

    const begun = Date.now();
    await Promise.all([running.close(), running.close()]);
    await running.close();
    expect(Date.now() - begun).toBeLessThan(3000);
    expect(processesOf(base)).toEqual([]);
  });

  test("is killed at once when the signal is raised", { timeout: LONG }, async () => {
    const breaker = new AbortController();
    const running = await launch(machine(), { signal: breaker.signal });
    breaker.abort();
    await vi.waitFor(() => expect(processesOf(base)).toEqual([]), 1000);
    await running.close();
  });

  test.each([20, 60, 120])("a launch broken off after %i ms leaves no process", { timeout: LONG }, async (delay) => {
    await (await launch(machine())).close();
    const breaker = new AbortController();
    setTimeout(() => breaker.abort(), delay);
    // A launch that was faster than the signal is no failure.
    const running = await launch(machine(), { signal: breaker.signal }).catch((cause: unknown) => cause);
    if (running instanceof Error) expect(running).toMatchObject({ exit: "interrupted", code: "afbrudt" });
    else await (running as Awaited<ReturnType<typeof launch>>).close();
    expect(processesOf(base)).toEqual([]);
  });

  test("follows when our process is killed", { timeout: LONG }, async () => {
    const child = await launchingProcess();
    await vi.waitFor(() => expect(child.output()).toContain("ready"), LONG);
    expect(processesOf(temporary)).not.toEqual([]);
    child.kill();
    await vi.waitFor(() => expect(processesOf(join(base, "cache"))).toEqual([]), 3000);
    // Nobody is left to remove the profile.
    for (const name of await readdir(temporary)) await rm(join(temporary, name), { recursive: true });
  });
});

/** A process that launches the bundled browser and then waits. It runs bundled code, which Node 20 can read. */
async function launchingProcess(): Promise<{ output(): string; kill(): void }> {
  const folder = await mkdtemp(join(base, "child-"));
  await symlink(resolve(import.meta.dirname, "../../../node_modules"), join(folder, "node_modules"));
  const from = resolve(import.meta.dirname, "../../../src/print");
  const contents = `
    import { launchBrowser } from ${JSON.stringify(join(from, "browser.ts"))};
    import { thisMachine } from ${JSON.stringify(join(from, "find-browser.ts"))};
    const outside = { ...thisMachine(), isExecutable: () => false };
    await launchBrowser({ override: undefined, signal: new AbortController().signal, onNotice() {} }, outside);
    console.log("ready");
    setInterval(() => undefined, 1000);`;
  const outfile = join(folder, "child.mjs");
  const stdin = { contents, resolveDir: folder };
  await build({ stdin, outfile, bundle: true, platform: "node", format: "esm", packages: "external" });
  const env = { ...process.env, PATH: "/browsers", XDG_CACHE_HOME: join(base, "cache"), RESULTATPLAN_BROWSER: "" };
  const child = spawn(process.execPath, [outfile], { env, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  return { output: () => output, kill: () => child.kill("SIGKILL") };
}

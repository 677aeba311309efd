import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { describeBrowsers } from "../../../src/print/browser.ts";
import { browserArguments, startBrowser } from "../../../src/print/start-browser.ts";
import {
  base,
  bundledRuns,
  failureOf,
  launch,
  machine,
  machineWithout,
  notices,
  processesOf,
  program,
  speaking,
} from "./fake-browsers.ts";

const LONG = 30_000;

describe.skipIf(process.platform === "win32")("browsers that do not work", () => {
  test("one that is too old is passed over", { timeout: LONG }, async () => {
    const old = await program("chromium-headless-shell", speaking("HeadlessChrome/130.0.6723.91"));
    const outside = { ...machine({ old }), env: { ...machine().env, PATH: base } };
    const [first, second] = await describeBrowsers(undefined, undefined, outside);
    expect(first).toMatchObject({
      candidate: { kind: "headless-shell" },
      executablePath: old,
      version: undefined,
      problem: "er for gammel (HeadlessChrome/130.0.6723.91); der kræves version 131 eller nyere",
      chosen: false,
    });
    if (!bundledRuns) return;
    expect(second).toMatchObject({ candidate: { kind: "bundled" }, problem: undefined, chosen: true });
    const running = await launch(outside);
    expect(running.candidate.kind).toBe("bundled");
    await running.close();
  });

  test("version 131 is new enough", async () => {
    const running = await launch(machineWithout(), {
      override: await program("new", speaking("Chrome/131.0.6778.69")),
    });
    expect(running).toMatchObject({ version: "131.0.6778.69", candidate: { kind: "override" } });
    await running.close();
  });

  const cases: [string, () => Promise<string>, string][] = [
    [
      "one that lacks a library",
      () =>
        program(
          "lacking",
          `console.error("chrome: error while loading shared libraries: libnss3.so"); process.exit(127)`,
        ),
      "sluttede med kode 127: chrome: error while loading shared libraries: libnss3.so",
    ],
    [
      "one that crashes: the line that tells why",
      () =>
        program(
          "crashing",
          `console.error("[1:1:ERROR:bus.cc(1)] no bus\\n[1:1:FATAL:main.cc(7)] Tom disk"); process.exit(1)`,
        ),
      "sluttede med kode 1: Tom disk",
    ],
    [
      "one whose interpreter is missing",
      async () => {
        await writeFile(join(base, "broken"), "#!/findes/ikke\n", { mode: 0o755 });
        return join(base, "broken");
      },
      "kan ikke startes (spawn",
    ],
    [
      "one that is no program",
      async () => {
        // The system runs a text without a first line of `#!` as a shell script.
        await writeFile(join(base, "text"), "ikke-et-program\n", { mode: 0o755 });
        return join(base, "text");
      },
      "sluttede med kode 127: ",
    ],
  ];
  test.each(cases)("%s", async (_, make, why) => {
    const override = await make();
    const failure = await failureOf(launch(machineWithout(), { override }));
    expect(failure).toMatchObject({
      exit: "environment",
      code: "browser-mangler",
      message: "Ingen browser kunne startes.",
    });
    const [first, ...rest] = failure.hint?.split("\n") ?? [];
    expect(first).toContain(`– Den valgte browser (${override}): ${why}`);
    expect(rest).toHaveLength(1);
    expect(rest[0]).toContain("RESULTATPLAN_BROWSER");
  });

  test("none at all", async () => {
    const failure = await failureOf(launch({ ...machineWithout(), isExecutable: () => false }));
    expect(failure.message).toBe("Der blev ikke fundet nogen browser.");
    expect(failure.hint).toContain("Installér");
  });

  test("one that hangs is killed after the time limit", async () => {
    const executablePath = await program("hanging", "setInterval(() => undefined, 1000)");
    const signal = new AbortController().signal;
    const result = await startBrowser({ executablePath, env: {}, sandboxed: true, signal, limitMs: 400 });
    expect(result).toEqual({ refused: "svarede ikke inden for 0.4 sekunder", sandboxTrouble: false });
  });

  // A process that the browser starts, which holds on to its error stream.
  const helper = `require("node:child_process")
    .spawn(process.execPath, ["-e", "setInterval(() => 0, 1000)", __filename], { stdio: "inherit" });`;

  test("one that fails takes its helpers with it", async () => {
    const override = await program("failing-with-helper", `${helper} setTimeout(() => process.exit(3), 100)`);
    const failure = await failureOf(launch(machineWithout(), { override }));
    expect(failure.hint).toContain("sluttede med kode 3");
    expect(processesOf(base)).toEqual([]);
  });

  test("one that hangs is killed when the signal is raised, with its helpers", async () => {
    const override = await program("hanging-with-helper", `${helper} setInterval(() => undefined, 1000)`);
    const breaker = new AbortController();
    const work = launch(machineWithout(), { override, signal: breaker.signal });
    setTimeout(() => breaker.abort(), 500);
    expect(await failureOf(work)).toMatchObject({ exit: "interrupted", code: "afbrudt" });
    expect(processesOf(base)).toEqual([]);
  });

  test("a missing override is reported, not thrown, by the doctor", async () => {
    expect(await describeBrowsers("/findes/ikke", undefined, machineWithout())).toMatchObject([
      { candidate: { kind: "override" }, problem: "Browseren »/findes/ikke« kan ikke bruges.", chosen: false },
    ]);
  });
});

describe.skipIf(process.platform !== "linux")("the sandbox", () => {
  const calls = () => readFile(join(base, "calls"), "utf8").then((text) => text.trim().split("\n"));
  const noting = `require("node:fs").appendFileSync("CALLS", process.argv.includes("--no-sandbox") ? "without\\n" : "with\\n");`;
  const refusing = (words: string, otherwise: string) =>
    `${noting.replace("CALLS", join(base, "calls"))}
     if (!process.argv.includes("--no-sandbox")) { console.error(${JSON.stringify(words)}); process.exit(1); }
     ${otherwise}`;
  beforeEach(async () => await rm(join(base, "calls"), { force: true }));

  test.each([
    "[7:7:FATAL:zygote_host_impl_linux.cc(128)] No usable sandbox! If you are running on Ubuntu 23.10+ …",
    "Failed to move to new namespace: PID namespaces supported, but failed: errno = Operation not permitted",
    "[7:7:FATAL:sandbox/linux/services/credentials.cc(131)] Check failed: . : Operation not permitted (1)",
    "[7:7:FATAL:zygote_main_linux.cc(162)] prctl(PR_SET_NO_NEW_PRIVS) failed",
  ])("is given up, with a notice, when the system refuses it: %s", async (words) => {
    const override = await program("refusing", refusing(words, speaking("Chrome/140.0.0.0")));
    const running = await launch(machineWithout(1000), { override });
    expect(running.sandboxed).toBe(false);
    expect(await calls()).toEqual(["with", "without"]);
    expect(notices).toEqual([expect.stringContaining("uden sin beskyttende sandkasse")]);
    await running.close();
  });

  test("is not given up for any other trouble", async () => {
    const words = "[7:7:ERROR:bus.cc(407)] Failed to connect to the bus: Operation not permitted";
    const override = await program("refusing", refusing(words, speaking("Chrome/140.0.0.0")));
    await failureOf(launch(machineWithout(1000), { override }));
    expect(await calls()).toEqual(["with"]);
  });

  test("another browser that can have one goes before the same browser without", async () => {
    const folder = await mkdtemp(join(base, "path-"));
    const first = join(folder, "chromium");
    const second = join(folder, "microsoft-edge");
    await symlink(await program("refusing", refusing("No usable sandbox!", speaking("Chrome/140.0.0.0"))), first);
    await symlink(await program("working", speaking("Edg/141.0.0.0")), second);
    const isExecutable = (path: string) => [first, second].includes(path);
    const outside = { ...machineWithout(1000), env: { PATH: folder }, isExecutable };
    const running = await launch(outside);
    expect(running).toMatchObject({ candidate: { kind: "edge" }, sandboxed: true });
    expect(notices).toEqual([]);
    await running.close();
  });

  test("root goes without from the first try", async () => {
    const override = await program(
      "root",
      refusing("Running as root without --no-sandbox", speaking("Chrome/140.0.0.0")),
    );
    const running = await launch(machineWithout(0), { override });
    expect(await calls()).toEqual(["without"]);
    expect(notices).toEqual([expect.stringContaining("root")]);
    await running.close();
  });

  test("is switched off by one flag only, and nothing else weakens the browser", () => {
    const harmful =
      /^--(no-sandbox|no-zygote|single-process|disable-web-security|disable-site-isolation|disable-setuid)/;
    expect(browserArguments("/p", { sandboxed: true, shell: true }).filter((one) => harmful.test(one))).toEqual([]);
    expect(browserArguments("/p", { sandboxed: false, shell: true }).filter((one) => harmful.test(one))).toEqual([
      "--no-sandbox",
    ]);
  });
});

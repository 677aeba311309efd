import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signedCopy, stateSetting } from "./support/pki/nemlogin.ts";
import { TestServers } from "./support/pki/servers.ts";

/** The lock by copies that came back from NemLog-in, on a command line: sent out, signed, collected, and held against the plan. */
const root = resolve(import.meta.dirname, "..");
const id = "benchmarkingenheden-2022";
const people = [
  ["sophus", "plan.1-sophus-garfiel.pdf"],
  ["peter", "plan.2-peter-oestergaard.pdf"],
  ["rune", "plan.3-rune-joergen-soerensen.pdf"],
] as const;

let folder: string;
let servers: TestServers;
const returned: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "resultatplan-pakkelaas-"));
  servers = await TestServers.start(stateSetting);
  for (const place of ["retur", "tillid"]) await mkdir(join(folder, place));
  await cp(join(root, "plans", id, "plan.md"), join(folder, "plans", id, "plan.md"));
  await writeFile(join(folder, "tillid/rod.pem"), await servers.authority.read("root.pem"));
}, 60_000);
afterAll(async () => {
  await servers.stop();
  await rm(folder, { recursive: true, force: true });
});

function run(...args: string[]): Promise<{ code: number; out: string; remarks: string }> {
  return new Promise((done) => {
    const options = { cwd: folder, timeout: 60_000 };
    const child = execFile(process.execPath, [join(root, "dist/main.js"), ...args], options, (cause, out, remarks) =>
      done({ code: typeof cause?.code === "number" ? cause.code : cause ? -1 : 0, out, remarks }),
    );
    child.stdin?.end();
  });
}

const planPath = () => join(folder, "plans", id, "plan.md");
const lock = async () => JSON.parse(await readFile(join(folder, "plans", id, "underskrevet.json"), "utf8"));

test("the copies are sent out, and signed one by one", async () => {
  expect(await run("signature-package", id)).toMatchObject({ code: 0 });
  for (const [who, file] of people) {
    const copy = new Uint8Array(await readFile(join(folder, "output", id, "underskriftspakke", file)));
    await writeFile(join(folder, "retur", file), await signedCopy(servers, copy, who));
    returned.push(join("retur", file));
  }
}, 60_000);

test("the first that come back lock the plan, and who is missing is recorded", async () => {
  const { code, out } = await run("signature-package", id, "--collect", ...returned.slice(0, 2), "--trust", "tillid");
  expect([code, out]).toEqual([20, expect.stringContaining("låst")]);
  const { underskrifter, mangler } = await lock();
  expect(underskrifter.map((one: { navn: string }) => one.navn)).toEqual(["Sophus Garfiel", "Peter Østergaard"]);
  expect(mangler).toEqual(["Rune Jørgen Sørensen"]);
}, 60_000);

test("all together, they are recorded as signed by NemLog-in, each with its file", async () => {
  expect(await run("signature-package", id, "--collect", ...returned, "--trust", "tillid")).toMatchObject({ code: 0 });
  const { underskrifter, mangler } = await lock();
  expect(mangler).toEqual([]);
  // As the files are called in the package that they are attached to.
  expect(underskrifter.map((one: Record<string, string>) => [one.navn, one.måde, one.fil])).toEqual([
    ["Sophus Garfiel", "nemlog-in", "plan.1-sophus-garfiel.underskrevet.pdf"],
    ["Peter Østergaard", "nemlog-in", "plan.2-peter-oestergaard.underskrevet.pdf"],
    ["Rune Jørgen Sørensen", "nemlog-in", "plan.3-rune-joergen-soerensen.underskrevet.pdf"],
  ]);
  expect(await run("build", id)).toMatchObject({ code: 0 });
}, 60_000);

test("a later comma in the plan is refused with the goal and the word", async () => {
  const agreed = await readFile(planPath(), "utf8");
  const altered = agreed.replace("Målet opgøres som afvigelsen", "Målet opgøres, som afvigelsen");
  expect(altered).not.toBe(agreed);
  await writeFile(planPath(), altered);
  const pdf = join(folder, "output", id, "plan.pdf");
  const before = await readFile(pdf);
  const { code, remarks } = await run("build", id);
  expect(code).toBe(3);
  expect(remarks).toMatch(/Mål 2\.1 Bedre budgettering, mål: »opgøres« .*»opgøres,«.*\[ændret-efter-underskrift\]/);
  expect(await readFile(pdf)).toEqual(before);
  await writeFile(planPath(), agreed);
  expect(await run("check", id)).toMatchObject({ code: 0 });
}, 60_000);

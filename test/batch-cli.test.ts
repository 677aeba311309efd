import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const repository = resolve(import.meta.dirname, "..");
const PATIENCE = 180_000;

interface Run {
  readonly code: number;
  readonly out: string;
  readonly remarks: string;
}

let root: string;

function run(...args: string[]): Promise<Run> {
  const command = [join(repository, "dist/main.js"), ...args, "--root", root];
  return new Promise((done) => {
    execFile(process.execPath, command, { maxBuffer: 1 << 26 }, (cause, out, remarks) => {
      done({ code: typeof cause?.code === "number" ? cause.code : cause ? -1 : 0, out, remarks });
    });
  });
}

const id = (number: number) => `plan-${String(number).padStart(2, "0")}`;
const COUNT = 14;
/** One with a mistake in it, and one whose document cannot be written, because a folder stands in its place. */
const [faulty, blocked] = [id(4), id(9)];
const good = Array.from({ length: COUNT }, (_, index) => id(index + 1)).filter(
  (one) => one !== faulty && one !== blocked,
);

const pdf = (plan: string) => readFile(join(root, "output", plan, "plan.pdf"));

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "resultatplan-batch-"));
  await cp(join(repository, "templates"), join(root, "templates"), { recursive: true });
  const seeds = await Promise.all(
    ["benchmarkingenheden-2018", "benchmarkingenheden-2022"].map((seed) =>
      readFile(join(repository, "plans", seed, "plan.md"), "utf8"),
    ),
  );
  for (let number = 1; number <= COUNT; number++) {
    const folder = join(root, "plans", id(number));
    await mkdir(folder, { recursive: true });
    const text = (seeds[number % 2] ?? "").replace(/^titel: (.*)$/m, `titel: $1 nr. ${number}`);
    // Every plan has a picture of the same name, and another one in it.
    await writeFile(
      join(folder, "plan.md"),
      text.replace(/\n## Påtegning/, "\n![En firkant](figur.svg)\n\n## Påtegning"),
    );
    const size = 20 + 10 * number;
    await writeFile(
      join(folder, "figur.svg"),
      `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="9"><rect width="${size}" height="9" fill="#123456"/></svg>`,
    );
  }
  const path = join(root, "plans", faulty, "plan.md");
  await writeFile(path, (await readFile(path, "utf8")).replace(/^titel:/m, "titl:"));
  await mkdir(join(root, "output", blocked, "plan.pdf"), { recursive: true });
});

afterAll(() => rm(root, { recursive: true, force: true }));

test("a bad plan stops no other; the sum says which and why, and the exit code tells", {
  timeout: PATIENCE,
}, async () => {
  const { code, out, remarks } = await run("build");
  expect(code).toBe(10);
  const lines = out.trim().split("\n");
  // In the order of the plans, whichever was finished first.
  const told = lines.flatMap((line) => /^[✓✗] (plan-\d\d)/.exec(line)?.[1] ?? []);
  expect(told).toEqual(Array.from({ length: COUNT }, (_, index) => id(index + 1)));
  expect(lines.slice(-4)).toEqual([
    expect.stringMatching(/^12 dokumenter fra 14 planer bygget på \S+ s; 1 fejl/),
    "2 planer blev ikke bygget helt:",
    `  ${faulty}: 1 fejl i plan.md`,
    `  ${blocked}: filadgang`,
  ]);
  expect(remarks).toContain("titl");
});

test("what is built among many has the same bytes as what is built alone", { timeout: PATIENCE }, async () => {
  for (const plan of [good[0], good[5], good.at(-1)] as string[]) {
    const among = await pdf(plan);
    await rm(join(root, "output", plan), { recursive: true });
    expect((await run("build", plan)).code).toBe(0);
    expect((await pdf(plan)).equals(among)).toBe(true);
  }
});

test("a second run builds nothing, and says the same of the plans", { timeout: PATIENCE }, async () => {
  const { code, out, remarks } = await run("build", ...good, faulty);
  expect(code).toBe(3);
  expect(out).toContain("0 dokumenter fra 13 planer");
  expect(out).toContain("12 var uændret");
  expect(out.match(/ uændret {2}/g)).toHaveLength(12);
  expect(remarks).toContain("titl");
  // No browser was started: that would be remarked as root.
  expect(remarks).not.toContain("sandkasse");
});

test("--force builds it all the same, and the bytes with it", { timeout: PATIENCE }, async () => {
  const before = await pdf(good[1] ?? "");
  const { out } = await run("build", good[1] ?? "", "--force");
  expect(out).toContain("1 dokument fra 1 plan");
  expect((await pdf(good[1] ?? "")).equals(before)).toBe(true);
});

test("a document that is gone, or has been changed, is made again", { timeout: PATIENCE }, async () => {
  const [gone, changed] = [good[2] ?? "", good[3] ?? ""];
  const before = await Promise.all([pdf(gone), pdf(changed)]);
  await rm(join(root, "output", gone, "plan.pdf"));
  await writeFile(join(root, "output", changed, "plan.pdf"), "noget andet");
  const { out } = await run("build", ...good);
  expect(out).toContain("2 dokumenter fra 12 planer");
  expect((await pdf(gone)).equals(before[0] as Buffer)).toBe(true);
  expect((await pdf(changed)).equals(before[1] as Buffer)).toBe(true);
});

test("--json-lines tells of everything in lines of JSON", { timeout: PATIENCE }, async () => {
  const { code, out } = await run("build", faulty, good[0] ?? "", "--force", "--json-lines");
  expect(code).toBe(3);
  const events = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events.map(({ event }) => event)).toEqual(["start", "begin", "begin", "plan", "plan", "end"]);
  expect(events.find((one) => one.id === good[0] && one.event === "plan")).toMatchObject({
    outputs: [{ unchanged: false, pages: expect.any(Number) }],
    failure: null,
  });
  expect(events.at(-1)).toEqual({ event: "end", exitCode: 3, built: 1, unchanged: 0 });
});

test("--json-lines tells of a failure, too", { timeout: PATIENCE }, async () => {
  const { code, out } = await run("build", "findes-ikke", "--json-lines");
  expect(code).toBe(2);
  expect(JSON.parse(out)).toMatchObject({ event: "failure", code: "ukendt-plan", exitCode: 2 });
});

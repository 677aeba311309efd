import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import type { Diagnostic } from "../../../src/core/diagnostic.ts";
import { Failure } from "../../../src/core/failure.ts";
import { sha256, sourceHash } from "../../../src/core/identity.ts";
import { checkPlan } from "../../../src/pipeline/check.ts";
import { lockPath, recordSignatures, type VerifiedSignature } from "../../../src/pipeline/signed/lock.ts";
import type { PlanFile } from "../../../src/pipeline/workspace.ts";
import { planSources } from "../../../src/plan/load.ts";
import { loadPlanWithHistory } from "../../../src/results/history.ts";
import { FormShelf } from "../../../src/template/shelf.ts";
import { nextYearOf } from "../../support/next-year.ts";

/** What `check` says about a plan that was locked and then changed. */

const root = resolve(import.meta.dirname, "../../..");
const forms = new FormShelf(join(root, "templates"));
const made: string[] = [];
let plan: PlanFile;

beforeEach(async () => {
  const plans = await mkdtemp(join(tmpdir(), "laas-"));
  made.push(plans);
  await cp(join(root, "plans/benchmarkingenheden-2022"), join(plans, "be-2022"), { recursive: true });
  plan = { id: "be-2022", path: join(plans, "be-2022/plan.md") };
});
afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true, force: true }))));

function beside(name: string): string {
  return join(plan.path, "..", name);
}

async function edit(name: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(beside(name), "utf8");
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`nothing to replace: ${from}`);
  await writeFile(beside(name), edited);
}

/** Signatures in ink under the plan as it is now. */
async function signed(...names: string[]): Promise<VerifiedSignature[]> {
  const { value } = await loadPlanWithHistory(plan.path);
  if (!value) throw new Error("the plan has errors");
  const hash = sourceHash(planSources(value));
  return names.map((name) => ({
    name,
    way: "papir",
    time: "2021-12-09",
    file: `scannet/${name}.pdf`,
    sha256: sha256(name),
    signed: hash,
  }));
}

const everybody = ["Sophus Garfiel", "Peter Østergaard", "Rune Jørgen Sørensen"];

async function lock(...names: string[]): Promise<void> {
  await recordSignatures(plan, await signed(...(names.length > 0 ? names : everybody)));
}

/** »plan.md 33:32 ændret-efter-underskrift Mål 2.1 …«, of what was not said before. */
async function said(): Promise<string[]> {
  const { diagnostics, failure } = await checkPlan(plan, forms);
  expect(failure).toBeUndefined();
  return diagnostics.filter(({ code }) => code !== "opfølgning-hyppighed").map(told);
}

function told({ code, message, span }: Diagnostic): string {
  const { line, column } = span.source.place(span.start);
  return `${span.source.path.split("/").at(-1)} ${line}:${column} ${code} ${message}`;
}

describe("a locked plan", () => {
  test("says nothing as long as nothing is changed", async () => {
    await lock();
    expect(await said()).toEqual([]);
  });

  test("tells of a comma, with goal and word", async () => {
    await lock();
    await edit("plan.md", "som afvigelsen mellem", "som afvigelsen, mellem");
    expect(await said()).toEqual([
      "plan.md 33:32 ændret-efter-underskrift Mål 2.1 Bedre budgettering, mål: »afvigelsen« er blevet til »afvigelsen,«, siden planen blev underskrevet.",
    ]);
  });

  test("is locked from the first signature", async () => {
    await lock("Sophus Garfiel");
    await edit("plan.md", "2. kvartal, frist: 2022-07-14", "2. kvartal, frist: 2022-07-15");
    expect(await said()).toEqual([
      "plan.md 11:32 ændret-efter-underskrift Planens oplysninger, opfølgning 2. kvartal › frist: »2022-07-14« er blevet til »2022-07-15«, siden planen blev underskrevet.",
    ]);
  });

  test.each([
    ["a line break", "titel: Resultatplan 2022\n", "titel: Resultatplan 2022\n\n", "4:1"],
    ["a remark", "titel: Resultatplan 2022\n", "titel: Resultatplan 2022 # aftalt\n", "3:25"],
    ["the ends of the lines", /\n/g, "\r\n", "1:4"],
  ])("tells of %s, which is no word", async (_what, from, to, place) => {
    await lock();
    await edit("plan.md", from, to);
    const [only, ...more] = await said();
    expect(only).toMatch(/ændret-efter-underskrift Filen er ændret.*Ordene er de samme/);
    expect([only?.split(" ")[1], more]).toEqual([place, []]);
  });

  test.each([
    ["a point that is no longer in another", "  - b\n", "- b\n", "»¶ (rykket ind)« er blevet til »¶«"],
    [
      "points around points that are parted",
      "  - b\n",
      "\n  - b\n",
      "er blevet til »¶ (luft mellem punkterne) (rykket ind)«",
    ],
    [
      "points that are parted",
      "- d\n",
      "\n- d\n",
      "tekst: afsnit, linjer eller punkter er delt på en anden måde, siden",
    ],
  ])("tells of %s", async (_what, from, to, words) => {
    await edit("plan.md", "## Påtegning", "- a\n  - b\n\nSom aftalt:\n\n- c\n- d\n\n## Påtegning");
    await lock();
    await edit("plan.md", from, to);
    expect(await said()).toEqual([expect.stringContaining(words)]);
  });

  test("tells of a goal that was taken out, and of one that was put in", async () => {
    await lock();
    await edit("plan.md", /^ {6}- nr: 2\.2[\s\S]*?(?=^underskrivere)/m, "");
    await edit("plan.md", /:::mål 2\.2[\s\S]*?\n:::\n/, "");
    const codes = await said();
    expect(codes.some((one) => one.includes("Mål 2.2 Nedbringelse af sygefravær er slettet"))).toBe(true);
  });

  test("tells of a change in a plan with errors, too, by the words", async () => {
    await lock();
    await edit("plan.md", "metode: binær", "metode: trinær");
    const lines = await said();
    expect(lines.filter((line) => line.includes("ændret-efter-underskrift"))).toEqual([
      "plan.md 9:22 ændret-efter-underskrift »binær« er blevet til »trinær«, siden planen blev underskrevet.",
    ]);
    expect(lines.some((line) => line.includes("ukendt-værdi") || line.includes("forkert-værdi"))).toBe(true);
  });

  test("is held back from every document", async () => {
    await lock();
    await edit("plan.md", "som afvigelsen mellem", "som afvigelsen, mellem");
    const { draft } = await import("../../../src/pipeline/draft.ts");
    expect(await draft(plan, forms, (result) => result.value)).toEqual([]);
  });

  test("may be opened by taking its lock away", async () => {
    await lock();
    await edit("plan.md", "som afvigelsen mellem", "som afvigelsen, mellem");
    await rm(lockPath(plan));
    expect(await said()).toEqual([]);
  });
});

describe("agreed changes", () => {
  const declare = (change: string) => edit("resultater.md", "\nmål:\n", `\nændringer:\n  - ${change}\n\nmål:\n`);

  beforeEach(async () => {
    await lock();
    await edit("plan.md", "som afvigelsen mellem", "som afvigelsen, mellem");
  });

  test("that are declared are noted and no error", async () => {
    await declare("{ dato: 2022-05-20, mål: 2.1, ændrer: [mål], tekst: Et komma er rettet. }");
    expect(await said()).toEqual([
      "plan.md 33:32 aftalt-ændring Mål 2.1 Bedre budgettering er ændret (mål), siden planen blev underskrevet, som det er aftalt efter resultater.md.",
    ]);
    const { draft } = await import("../../../src/pipeline/draft.ts");
    const drafts = await draft(plan, forms, (result) => result.value);
    const report = await drafts.find(({ name }) => name === "maalrapportering")?.document();
    expect(report?.html).toContain(
      "Der rapporteres på »Resultatplan 2022« af 9. december 2021, som den er underskrevet",
    );
    expect(report?.html).toMatch(
      /<b>målets ordlyd:<\/b> Målet opgøres som <del>.*slettet:.*afvigelsen.*<ins>.*indsat:.*afvigelsen,/,
    );
  });

  test("cover what they name, and nothing else", async () => {
    await declare("{ dato: 2022-05-20, mål: 2.1, ændrer: [mål], tekst: Et komma er rettet. }");
    await edit("plan.md", "krav: { mindst: 1 }", "krav: { mindst: 2 }");
    expect((await said()).map((line) => line.split(" ").slice(1, 3).join(" "))).toEqual([
      "33:32 aftalt-ændring",
      "34:25 ændret-efter-underskrift",
    ]);
  });

  test.each([
    ["a key that stands twice", /^mål:$/m, "mål:\nmål:"],
    ["a tab", /^mål:$/m, "\tmål:"],
    ["a misspelt key", /^ændringer:/m, "ændringe:"],
  ])("are not said to lack where they cannot be read: %s", async (_, from, to) => {
    await declare("{ dato: 2022-05-20, mål: 2.1, ændrer: [mål], tekst: Et komma er rettet. }");
    await edit("resultater.md", from, to);
    const told = await said();
    expect(told.map((line) => line.split(" ")[0])).toContain("resultater.md");
    expect(told.join("\n")).not.toContain("ændret-efter-underskrift");
    // What may not be agreed is still not built.
    const { draft } = await import("../../../src/pipeline/draft.ts");
    expect(await draft(plan, forms, (result) => result.value)).toEqual([]);
  });

  test("of another goal do not help, and are told of", async () => {
    await declare("{ dato: 2022-05-20, mål: 2.2, ændrer: [mål], tekst: Et komma er rettet. }");
    expect((await said()).map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
      "plan.md 33:32 ændret-efter-underskrift",
      "resultater.md 7:44 ændring-uden-forskel",
    ]);
  });

  test("that only tell, without naming what was altered, do not help", async () => {
    await declare("{ dato: 2022-05-20, mål: 2.1, tekst: Et komma er rettet. }");
    expect((await said()).map((line) => line.split(" ")[2])).toEqual(["ændret-efter-underskrift"]);
  });

  test("are of no use without the lock", async () => {
    await declare("{ dato: 2022-05-20, mål: 2.1, ændrer: [mål], tekst: Et komma er rettet. }");
    await rm(lockPath(plan));
    expect((await said()).map((line) => line.split(" ").slice(0, 3).join(" "))).toEqual([
      "resultater.md 7:44 ændring-uden-lås",
    ]);
  });

  test("of the rest of the plan name no goal", async () => {
    await edit("plan.md", "som afvigelsen, mellem", "som afvigelsen mellem");
    await edit("plan.md", "stilling: Kontorchef", "stilling: Enhedschef");
    await edit("plan.md", "Der afrapporteres kvartalsvist", "Der afrapporteres to gange årligt");
    await declare("{ dato: 2022-05-20, ændrer: [underskrivere, Påtegning og opgørelse], tekst: To rettelser. }");
    expect((await said()).map((line) => line.split(" ")[2])).toEqual(["aftalt-ændring", "aftalt-ændring"]);
  });
});

describe("what belongs to a plan is locked with it", () => {
  /** A plan that shows a picture and the results of the plan of 2022. */
  async function nextYear(): Promise<void> {
    const text = await readFile(plan.path, "utf8");
    const next = nextYearOf(text, "be-2022").replace("## Påtegning", "![En figur](figur.png)\n\n## Påtegning");
    const folder = join(plan.path, "../../be-2023");
    await mkdir(folder);
    await writeFile(join(folder, "plan.md"), next);
    await writeFile(join(folder, "figur.png"), "et billede");
    plan = { id: "be-2023", path: join(folder, "plan.md") };
  }

  test("the earlier plan's results, and its pictures", async () => {
    await nextYear();
    await lock();
    const before = await said();
    expect(before.filter((line) => line.includes("underskrift"))).toEqual([]);
    const earlier = join(plan.path, "../../be-2022/resultater.md");
    const results = await readFile(earlier, "utf8");
    await writeFile(earlier, results.replace("den 14. november 2022", "den 15. november 2022"));
    await writeFile(beside("figur.png"), "et andet billede");
    const lines = (await said()).filter((line) => line.includes("underskr"));
    expect(lines).toEqual([
      expect.stringMatching(
        /^plan\.md 9:11 ændret-efter-underskrift be-2022\.resultater\.md, som planen henter tal fra, er ændret, siden planen blev underskrevet: »14\.« er blevet til »15\.« \(linje \d+\)\.$/,
      ),
      expect.stringMatching(
        /^plan\.md \d+:\d+ ændret-efter-underskrift Billedet »figur\.png« er et andet end det, der er underskrevet\.$/,
      ),
    ]);
  });

  test("a document's sources are the earlier plan's files and the pictures, too: its id changes with them", async () => {
    await nextYear();
    const sources = async () =>
      planSources(
        (await loadPlanWithHistory(plan.path)).value ?? { bytes: new Uint8Array(), earlier: [], images: new Map() },
      );
    const before = await sources();
    expect(before.map(({ name }) => name)).toEqual([
      "plan.md",
      "be-2022.plan.md",
      "be-2022.resultater.md",
      "billede.figur.png",
    ]);
    const earlier = join(plan.path, "../../be-2022/resultater.md");
    await writeFile(earlier, `${await readFile(earlier, "utf8")}\n`);
    expect(sourceHash(await sources())).not.toBe(sourceHash(before));
  });

  test("so are the pictures: no signature under another picture is recorded", async () => {
    await nextYear();
    const before = await signed("Sophus Garfiel");
    await writeFile(beside("figur.png"), "et andet billede");
    await expect(recordSignatures(plan, before)).rejects.toThrow(/ er ikke .*plan\.md, som den er nu/);
    await lock("Sophus Garfiel");
    await writeFile(beside("figur.png"), "et tredje billede");
    const after = await signed("Peter Østergaard");
    await expect(recordSignatures(plan, after)).rejects.toThrow(/^En fil, som planen bygger på, er ændret/);
  });
});

describe("recordSignatures", () => {
  const failure = async (work: Promise<unknown>) => {
    const cause = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return cause instanceof Failure ? cause.code : cause;
  };

  test("adds signatures to those before, in the plan's order, and says who is missing", async () => {
    await recordSignatures(plan, await signed("Rune Jørgen Sørensen"));
    const { lock: both } = await recordSignatures(plan, await signed("Sophus Garfiel"));
    expect(both.signatures.map(({ name, file }) => [name, file])).toEqual([
      ["Sophus Garfiel", "Sophus Garfiel.pdf"],
      ["Rune Jørgen Sørensen", "Rune Jørgen Sørensen.pdf"],
    ]);
    const written = JSON.parse(await readFile(lockPath(plan), "utf8"));
    expect(written.mangler).toEqual(["Peter Østergaard"]);
    expect(written.kilder[0].tekst).toBe(await readFile(plan.path, "utf8"));
  });

  test("adds a seal to a lock of a former version, which did not name those who seal", async () => {
    await edit("plan.md", "\nunderskrivere:", "\nsegl:\n  - organisation: Prøvens Styrelse\nunderskrivere:");
    await lock();
    await edit("underskrevet.json", /,\s+"Prøvens Styrelse"/, "");
    await edit("underskrevet.json", /"mangler": \[\s+"Prøvens Styrelse"\s+\]/, '"mangler": []');
    const [seal] = await signed("Prøvens Styrelse");
    if (!seal) throw new Error("nobody");
    const { lock: written } = await recordSignatures(plan, [{ ...seal, way: "segl" }]);
    expect(written.signatures.map(({ name }) => name)).toEqual([...everybody, "Prøvens Styrelse"]);
  });

  test("writes the same bytes for the same signatures", async () => {
    await lock();
    const first = await readFile(lockPath(plan));
    await lock();
    expect((await readFile(lockPath(plan))).equals(first)).toBe(true);
  });

  test("refuses a signature under another text, by a stranger, or after a change", async () => {
    const [one, ...others] = await signed(...everybody);
    if (!one) throw new Error("nobody");
    expect(await failure(recordSignatures(plan, [{ ...one, signed: sha256("anden") }]))).toBe("anden-plan");
    expect(await failure(recordSignatures(plan, [{ ...one, name: "Anders And" }]))).toBe("ukendt-underskriver");
    await recordSignatures(plan, [one]);
    const before = await readFile(lockPath(plan), "utf8");
    await edit("plan.md", "som afvigelsen mellem", "som afvigelsen, mellem");
    expect(await failure(recordSignatures(plan, others))).toBe("anden-plan");
    expect(await failure(recordSignatures(plan, await signed("Peter Østergaard")))).toBe("ændret-efter-underskrift");
    await edit("plan.md", "metode: binær", "metode: trinær");
    expect(await failure(recordSignatures(plan, others))).toBe("plan-har-fejl");
    expect(await readFile(lockPath(plan), "utf8")).toBe(before);
  });

  test("does not write over a lock with errors", async () => {
    await lock();
    await edit("underskrevet.json", "Resultatplan 2022\\n", "Resultatplan 2023\\n");
    expect(await failure(lock("Sophus Garfiel"))).toBe("lås-har-fejl");
    expect(await said()).toEqual([
      expect.stringMatching(
        /^underskrevet\.json \d+:\d+ lås-ændret Kilder og billeder giver tilsammen en anden SHA-256/,
      ),
      expect.stringMatching(
        /^underskrevet\.json \d+:\d+ lås-ændret Teksten af plan\.md er ikke den, som dens SHA-256 nævner\.$/,
      ),
    ]);
  });
});

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HARD_LIMITS, Verifier } from "../../../src/verify/apart/verifier.ts";
import { inspectFile } from "../../../src/verify/inspect/inspect.ts";
import { swelling } from "../../support/hostile.ts";
import { codesOf, judged, judgedAt, signedFile, signedNames, testAnchors } from "../../support/signed-files.ts";
import { update } from "../../support/tamper.ts";
import { tamperings } from "../../support/tamperings.ts";

const MB = 1024 * 1024;

/** What turns the meaning of what follows. */
const words = "<< >> [ ( obj endobj stream 99999999999 -1 /Prev|0 /Kids|[2|0|R] %%EOF"
  .split(" ")
  .map((word) => word.replaceAll("|", " "));

describe("in a thread of its own", () => {
  let verifier: Verifier;
  beforeAll(() => {
    verifier = new Verifier();
  });
  afterAll(() => verifier.close());

  test("every file is told as it is told here", async () => {
    for (const name of signedNames()) {
      const bytes = signedFile(name);
      expect(await verifier.verify(bytes, testAnchors, judgedAt), name).toEqual(judged(bytes));
      expect(await verifier.inspect(bytes), name).toEqual(inspectFile(bytes));
    }
  });

  test("1,000 damaged files: an answer each, in time, and no memory kept", { timeout: 120_000 }, async () => {
    const whole = [...signedNames().map(signedFile), ...tamperings.map(({ make }) => make())];
    // Not fast-check's own choice, which is the first and the last byte most of the time.
    const place = fc.noBias(fc.nat(1_000_000)).map((part) => part / 1_000_000);
    const damage = fc.record({
      file: fc.constantFrom(...whole),
      // Few, so that many get past the first table.
      flips: fc.array(fc.tuple(place, fc.nat(255)), { minLength: 1, maxLength: 3 }),
      moved: fc.option(fc.tuple(place, place, fc.nat(400)), { freq: 1 }),
      word: fc.option(fc.tuple(place, fc.constantFrom(...words)), { freq: 1 }),
    });
    const before = process.memoryUsage.rss();
    let [most, longest] = [0, 0];
    let readable = 0;
    for (const { file, flips, moved, word } of fc.sample(damage, { seed: 20261122, numRuns: 1000 })) {
      const bytes = Buffer.from(file);
      for (const [where, value] of flips) bytes[Math.floor(where * (bytes.length - 1))] = value;
      if (moved) {
        const [from, to] = [moved[0], moved[1]].map((where) => Math.floor(where * (bytes.length - 401)));
        bytes.copy(bytes, to, from, (from ?? 0) + moved[2]);
      }
      if (word) bytes.write(word[1], Math.floor(word[0] * (bytes.length - 20)), "latin1");
      const start = performance.now();
      const { signatures } = await verifier.verify(bytes, testAnchors, judgedAt);
      if (signatures.length > 0) readable += 1;
      longest = Math.max(longest, performance.now() - start);
      most = Math.max(most, process.memoryUsage.rss() - before);
    }
    // Not only turned away at the first table.
    expect(readable).toBeGreaterThan(200);
    expect(longest).toBeLessThan(5000);
    expect(most).toBeLessThan(400 * MB);
  });
});

describe("what is too heavy is given up, and the next file is served", () => {
  const heavy = swelling(250);

  test.each([
    ["time, although the loop is inside one call", { ...HARD_LIMITS, milliseconds: 100 }],
    ["memory, although it is none of the thread's objects", { ...HARD_LIMITS, memory: 60 * MB }],
  ])("%s", async (_what, limits) => {
    const started = performance.now();
    expect(codesOf(judged(heavy)), "what the reader itself says").toEqual(["ikke-læselig"]);
    expect(performance.now() - started, "long enough to be given up").toBeGreaterThan(150);
    const verifier = new Verifier(limits);
    try {
      const report = await verifier.verify(heavy, testAnchors, judgedAt);
      expect(codesOf(report)).toEqual(["for-tung"]);
      expect(report.verdict).toEqual({ indication: "INDETERMINATE", sub: "GENERIC" });
      expect(await verifier.inspect(heavy)).toEqual({ unreadable: "Filen er for tung at undersøge." });
    } finally {
      await verifier.close();
    }
  });

  test("after one that was given up there is a new thread", async () => {
    const verifier = new Verifier({ ...HARD_LIMITS, milliseconds: 2000 });
    try {
      const small = signedFile("lt-rsa");
      expect((await verifier.verify(small, testAnchors, judgedAt)).verdict.indication).toBe("TOTAL-PASSED");
      await verifier.close();
      expect((await verifier.verify(small, testAnchors, judgedAt)).verdict.indication).toBe("TOTAL-PASSED");
    } finally {
      await verifier.close();
    }
  });
});

test("metadata that begin a hundred thousand times and never end are read in no time", () => {
  const xmp = `<x>${"<dc:title>".repeat(400_000)}</x>`;
  const start = performance.now();
  const found = inspectFile(withMetadata(xmp));
  expect(found).toMatchObject({ pages: 2 });
  expect(performance.now() - start).toBeLessThan(5000);
});

function withMetadata(xmp: string): Buffer {
  return update(signedFile("usigneret"), {
    objects: { 13: `<< /Type /Metadata /Subtype /XML /Length ${xmp.length} >>\nstream\n${xmp}\nendstream` },
  });
}

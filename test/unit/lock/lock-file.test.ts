import { describe, expect, test } from "vitest";
import { sha256 } from "../../../src/core/identity.ts";
import { LOCK_FILE, type Lock, lockedHash, signedDay } from "../../../src/lock/lock.ts";
import { readLock } from "../../../src/lock/read.ts";
import { writeLock } from "../../../src/lock/write.ts";

/** A lock is read back as it was written; whatever else a file holds is told of, at its place, and soon. */

const text = '---\ntitel: »Plan« {{år}} { [ \\ "\n---\nTekst\u00a0med æøå.\n';
const lock: Lock = {
  title: "Resultatplan 2027",
  letterDay: { year: 2026, month: 12, day: 9 },
  sources: [{ name: "plan.md", sha256: sha256(text), text }],
  pictures: [{ name: "billede.figur.png", sha256: sha256("billede") }],
  signatories: ["A", "B"],
  signatures: [
    {
      name: "A",
      way: "digital",
      time: "2026-12-09T10:30:00Z",
      certificate: "A A",
      file: "plan.pdf",
      sha256: sha256("a"),
    },
  ],
};

const written = new TextDecoder().decode(writeLock(lock));

function said(file: string | Uint8Array): string[] {
  const bytes = typeof file === "string" ? new TextEncoder().encode(file) : file;
  const { value, diagnostics } = readLock(LOCK_FILE, bytes);
  expect(value === undefined).toBe(diagnostics.length > 0);
  return diagnostics.map(({ code, message, span }) => {
    const { line, column } = span.source.place(span.start);
    return `${line}:${column} ${code} ${message}`;
  });
}

function edited(from: string | RegExp, to: string): string {
  const file = written.replace(from, to);
  if (file === written) throw new Error(`nothing to replace: ${from}`);
  return file;
}

describe("underskrevet.json", () => {
  test("is read as it was written", () => {
    expect(readLock(LOCK_FILE, new TextEncoder().encode(written))).toEqual({ value: lock, diagnostics: [] });
  });

  test("keeps a byte order mark in the plan's text, so that its hash fits", () => {
    const marked = `\uFEFF${text}`;
    const source = { name: "plan.md", sha256: sha256(marked), text: marked };
    expect(readLock(LOCK_FILE, writeLock({ ...lock, sources: [source] })).value?.sources).toEqual([source]);
  });

  test("that names pictures by their addresses, as locks used to, is of a document known by its texts alone", () => {
    const before: Lock = { ...lock, pictures: [{ name: "figur.png", sha256: sha256("billede") }] };
    expect(lockedHash(before)).toBe(sha256(text));
    expect(lockedHash(lock)).not.toBe(sha256(text));
    expect(readLock(LOCK_FILE, writeLock(before)).value).toEqual(before);
  });

  test.each([
    [
      "the text",
      edited("Tekst", "Takst"),
      [/^6:13 lås-ændret Kilder og billeder giver/, /lås-ændret Teksten af plan\.md er ikke/],
    ],
    ["the text's hash", edited(/("navn": "plan\.md",\s+"sha256": ")./, "$1x"), [/skal være en SHA-256/]],
    ["a picture's hash", edited(sha256("billede"), sha256("andet")), [/^6:13 lås-ændret Kilder og billeder giver/]],
    ["who is missing", edited(/"mangler": \[\s+"B"\s+\]/, '"mangler": []'), [/lås-ændret De, der mangler/]],
    ["the document id", edited(/"dokument_id": "..../, '"dokument_id": "0000'), [/^5:18 lås-ændret Dokument-id'et/]],
    ["a signatory", edited('"navn": "A"', '"navn": "C"'), [/lås-ændret »C« er ikke/, /lås-ændret De, der mangler/]],
    [
      "the plan's name",
      edited('"navn": "plan.md"', '"navn": "x.md"'),
      [/lås-ændret Kilder og billeder/, /lås-ændret Den underskrevne plan\.md/],
    ],
    ["the version", edited('"version": 1', '"version": 2'), [/^2:14 .*skal være 1/]],
    ["a key", edited('"titel"', '"title"'), [/ukendt-nøgle.*title/]],
  ])("that somebody changed is told of: %s", (_what, file, expected) => {
    const lines = said(file);
    expect(lines).toEqual(expected.map((one) => expect.stringMatching(one)));
  });

  test.each<[string, string | Uint8Array, string]>([
    ["nothing", "", "lås-ulæselig"],
    ["no JSON", "titel: Plan", "lås-ulæselig"],
    ["half of it", written.slice(0, 400), "lås-ulæselig"],
    ["another value", "[]", "forkert-værdi"],
    ["a number", "1", "forkert-værdi"],
    ["brackets without end", "[".repeat(200_000), "lås-ulæselig"],
    ["objects without end", '{"a":'.repeat(100_000), "lås-ulæselig"],
    ["an endless text", `"${"\\".repeat(100_001)}`, "lås-ulæselig"],
    ["bytes that are no text", Uint8Array.of(0x7b, 0xff, 0xfe), "ikke-utf-8"],
    ["a file that is too large", new Uint8Array(20_000_001).fill(32), "fil-for-stor"],
    ["names that mean something to JavaScript", '{ "__proto__": {}, "constructor": {} }', "ukendt-nøgle"],
  ])("that holds %s is refused, soon", (_what, file, code) => {
    const start = performance.now();
    expect(said(file).map((line) => line.split(" ")[1])).toContain(code);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

test("the day of a plan without one in its letter is that of the last signature, not of a seal after it", () => {
  const [one] = lock.signatures;
  const { letterDay: _none, ...unsaid } = lock;
  if (!one) throw new Error("nobody has signed");
  const seal = { ...one, name: "B", way: "segl", time: "2026-12-20T08:00:00Z" } as const;
  expect(signedDay({ ...unsaid, signatures: [one, seal] })).toEqual({ year: 2026, month: 12, day: 9 });
});

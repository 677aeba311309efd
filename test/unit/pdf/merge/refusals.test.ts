import { describe, expect, test } from "vitest";
import { Failure } from "../../../../src/core/failure.ts";
import { mergePdfs } from "../../../../src/pdf/merge/merge.ts";
import type { Part } from "../../../../src/pdf/merge/part.ts";
import { handBuilt } from "../../../support/hand-built.ts";

const sound = handBuilt({ word: "alfa" });
const plain = handBuilt({ word: "beta", packed: false });

/** The plain file with some of its text put otherwise, at the same length, so that all stands where it stood. */
function altered(from: string, to: string): Uint8Array {
  const text = Buffer.from(plain).toString("latin1");
  if (!text.includes(from) || to.length > from.length) throw new Error(`Nothing to alter: ${from}`);
  return new Uint8Array(Buffer.from(text.replace(from, to.padEnd(from.length)), "latin1"));
}

async function refusal(...parts: Part[]): Promise<string> {
  try {
    await mergePdfs(parts);
    return "accepted";
  } catch (cause) {
    if (!(cause instanceof Failure)) throw cause;
    expect(cause.hint ?? "a place says enough").not.toBe("");
    return `${cause.code}: ${cause.message}`;
  }
}

const field = (name: string) =>
  altered(
    "/ViewerPreferences << /DisplayDocTitle true >> >>",
    `/AcroForm << /Fields [<< /T (${name}) /FT /Tx >>] >> >>`,
  );

describe("refused, with the reason", () => {
  test.each<[string, Part[], string]>([
    [
      "an encrypted part",
      [{ name: "a.pdf", bytes: altered("/Size 91 /Root 1 0 R /Info 90 0 R", "/Root 1 0 R /Encrypt 9 0 R") }],
      "pdf-krypteret: a.pdf er krypteret og kan derfor ikke sættes sammen med andet.",
    ],
    [
      "a signed part",
      [
        {
          name: "a.pdf",
          bytes: altered(
            "/ViewerPreferences << /DisplayDocTitle true >> >>",
            "/AcroForm << /Fields [<< /FT /Sig /V <<>> >>]>>>>",
          ),
        },
      ],
      "pdf-underskrevet: a.pdf er underskrevet; enhver ændring bryder underskriften.",
    ],
    [
      "two parts with one field",
      [
        { name: "a.pdf", bytes: field("n") },
        { name: "b.pdf", bytes: field("n") },
      ],
      "formularfelter: a.pdf og b.pdf har begge formularfeltet »n«.",
    ],
    [
      "pages that are not there",
      [{ name: "a.pdf", bytes: sound, pages: { from: 3, to: 5 } }],
      "sider: a.pdf har ikke siderne 3-5; den har 4.",
    ],
    [
      "a place that is not there",
      [
        { name: "a.pdf", bytes: sound },
        { name: "b.pdf", bytes: sound, at: { kind: "after", page: 9 } },
      ],
      "sider: b.pdf kan ikke stå ved side 9: dokumentet har 4 sider.",
    ],
    [
      "a file that is no PDF",
      [{ name: "a.docx", bytes: Buffer.from("PK\u0003\u0004") }],
      "pdf-beskadiget: a.docx er beskadiget: filen begynder ikke som en PDF. Intet er ændret.",
    ],
    [
      "a file that was cut off",
      [{ name: "a.pdf", bytes: sound.subarray(0, sound.length - 100) }],
      "pdf-beskadiget: a.pdf er beskadiget: filens slutning mangler. Intet er ændret.",
    ],
    [
      "tags that go in a circle",
      [{ name: "a.pdf", bytes: altered("/K [33 0 R 34 0 R]", "/K [33 0 R 31 0 R]") }],
      "pdf-beskadiget: a.pdf er beskadiget: opmærkningen går i ring. Intet er ændret.",
    ],
  ])("%s", async (_name, parts, said) => {
    expect(await refusal(...parts)).toBe(said);
  });

  test("and two parts with different fields are not", async () => {
    const parts = [
      { name: "a.pdf", bytes: field("n") },
      { name: "b.pdf", bytes: field("m") },
    ];
    expect(await refusal(...parts)).toBe("accepted");
  });
});

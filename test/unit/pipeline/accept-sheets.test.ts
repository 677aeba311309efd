import { describe, expect, test } from "vitest";
import { sha256 } from "../../../src/core/identity.ts";
import { type PageCode, planMark } from "../../../src/core/page-code.ts";
import { acceptSheets, requireConfirmation, type Wanted } from "../../../src/pipeline/paper/accept-sheets.ts";
import type { Sheet } from "../../../src/pipeline/paper/scanned-sheets.ts";
import type { Plan } from "../../../src/plan/plan.ts";
import { readText, soundPlan } from "../../support/guides.ts";

const plan: Plan = { ...soundPlan(readText("plans/benchmarkingenheden-2022/plan.md")), id: "benchmarkingenheden-2022" };
const hash = sha256("this year's plan");
const wanted: Wanted = {
  plan,
  hash,
  confirmed: undefined,
  signers: [],
  others: [{ id: "benchmarkingenheden-2021", title: "Resultatplan 2021", hash: sha256("last year's plan") }],
};

const code = (change: Partial<PageCode> = {}): PageCode => ({
  hash,
  plan: planMark(plan.id),
  signatory: undefined,
  signatories: 3,
  page: 1,
  pages: 1,
  ...change,
});

const sheet = (found: Sheet["code"], page = 1): Sheet => ({
  file: "scan.pdf",
  sha256: "0",
  page,
  pages: 3,
  code: found,
  picture: new Uint8Array(),
});

function judged(found: Sheet["code"], change: Partial<Wanted> = {}): string {
  const { signed, problems } = acceptSheets([sheet(found)], { ...wanted, ...change });
  return [
    ...signed.map(({ signatories, recognised }) => `${recognised} ${signatories.join(" ")}`),
    ...problems.map(({ code: name, message }) => `${name}: ${message}`),
  ].join("; ");
}

describe("a scanned page", () => {
  test.each<[string, Sheet["code"], string]>([
    ["that all sign", code(), "code 1 2 3"],
    ["of the second signatory", code({ signatory: 2 }), "code 2"],
    [
      "of an older version",
      code({ hash: sha256("a draft") }),
      `anden-udgave: scan.pdf, side 1 hører til en anden udgave af planen: siden har dokument-id ${id("a draft")}, planen har nu ${id("this year's plan")}.`,
    ],
    [
      "of last year's plan",
      code({ hash: sha256("last year's plan"), plan: planMark("benchmarkingenheden-2021") }),
      `anden-plan: scan.pdf, side 1 hører til en anden plan: »Resultatplan 2021« (benchmarkingenheden-2021), dokument-id ${id("last year's plan")}.`,
    ],
    [
      "of an older version of last year's plan",
      code({ hash: sha256("x"), plan: planMark("benchmarkingenheden-2021") }),
      `anden-plan: scan.pdf, side 1 hører til en anden plan: en anden udgave af »Resultatplan 2021« (benchmarkingenheden-2021), dokument-id ${id("x")}.`,
    ],
    [
      "of a plan that is not here",
      code({ hash: sha256("x"), plan: planMark("x") }),
      `anden-plan: scan.pdf, side 1 hører til en anden plan: en plan, som ikke ligger her, dokument-id ${id("x")}.`,
    ],
    ["without a code", "none", "kode-ulæselig: scan.pdf, side 1 har ingen QR-kode, der kan læses."],
    [
      "of a later version of the program",
      "newer",
      "nyere-kode: scan.pdf, side 1 er trykt med en nyere udgave af programmet.",
    ],
    ["with two codes", "several", "flere-koder: scan.pdf, side 1 viser mere end én underskriftsside."],
  ])("%s", (_name, found, expected) => {
    expect(judged(found)).toBe(expected);
  });

  test("without a code counts for all once it is confirmed, or for those who are named", () => {
    expect(judged("none", { confirmed: id("this year's plan") })).toBe("confirmed 1 2 3");
    const signers = [plan.signatories[2]?.name ?? "", plan.signatories[0]?.name ?? ""];
    expect(judged("none", { confirmed: id("this year's plan"), signers })).toBe("confirmed 1 3");
  });

  test("with another plan's code is refused, whatever a person confirms", () => {
    expect(judged(code({ hash: sha256("a draft") }), { confirmed: id("this year's plan") })).toMatch(/^anden-udgave/);
  });
});

test("the same page twice is one too many, and so are two without codes", () => {
  const twice = acceptSheets([sheet(code()), sheet(code(), 2)], wanted);
  expect(twice.problems.map(({ message }) => message)).toEqual([
    "scan.pdf, side 1 og scan.pdf, side 2 er den samme underskriftsside.",
  ]);
  const silent = acceptSheets([sheet("none"), sheet("none", 2)], { ...wanted, confirmed: id("this year's plan") });
  expect(silent.problems.map(({ hint }) => hint)).toEqual([
    "Tag dem én ad gangen, og sig med --signer, hvem der har skrevet under på hver.",
  ]);
});

describe("what a person confirms", () => {
  const asked = (change: Partial<Wanted>) => () => requireConfirmation({ ...wanted, ...change });

  test("is the plan's own id, however it is typed", () => {
    expect(asked({ confirmed: id("this year's plan").toUpperCase().replaceAll("-", " ") })).not.toThrow();
    expect(asked({ confirmed: id("a draft") })).toThrow(`ikke ${id("a draft")}`);
  });

  test("names signatories of the plan", () => {
    expect(asked({ confirmed: id("this year's plan"), signers: ["Sofus Garfiel"] })).toThrow(
      "»Sofus Garfiel« skriver ikke under på planen.",
    );
    expect(asked({ signers: ["Sophus Garfiel"] })).toThrow("--confirm");
  });
});

function id(text: string): string {
  const [a, b, c] = sha256(text).match(/.{4}/g) ?? [];
  return [a, b, c].join("-");
}

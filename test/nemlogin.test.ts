import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PDFDocument, PDFHexString, PDFName } from "pdf-lib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HtmlDocument } from "../src/core/states.ts";
import { finishPdf, signingCopy } from "../src/pdf/finish/finish.ts";
import { isAccepted, SKIPPED_KEYS, UNCHECKED_KEYS } from "../src/pdf/nemlogin/accepted-names.ts";
import { nemloginObjections, type Objection, objectionText } from "../src/pdf/nemlogin/objections.ts";
import { draft } from "../src/pipeline/draft.ts";
import { findPlans, workspaceAt } from "../src/pipeline/workspace.ts";
import type { PrintShop } from "../src/print/print-shop.ts";
import { FormShelf } from "../src/template/shelf.ts";
import { withAddressesShown } from "../src/template/shown-addresses.ts";
import { sampleFacts } from "./support/finish.ts";
import { pdfText } from "./support/pdf-text.ts";
import { seedPlanIds } from "./support/plans.ts";
import { hasQpdf, type NameRules, refusedByQpdf } from "./support/qpdf-names.ts";
import { shopOfMachine } from "./support/shops.ts";
import { constructs, stressForms, writeStressPlans } from "./support/stress.ts";
import { findVeraPdf, judgeFiles } from "./verapdf/verapdf.ts";

const root = resolve(import.meta.dirname, "..");
const forms = new FormShelf(join(root, "templates"));
/** Plans are what is signed; the report has charts. */
const ids: readonly string[] = [
  ...seedPlanIds,
  ...stressForms,
  "benchmarkingenheden-2022.maalrapportering",
  "constructs",
];

/** The service's own lists, which their licence keeps out of this repository. */
const lists = process.env.NEMLOGIN_LISTS ?? "";
const hasLists = existsSync(join(lists, "allowed-names.txt"));
if (!hasLists) console.warn("NEMLOGIN_LISTS names no folder with NemLog-in's lists: our own list stands alone");

interface Made {
  readonly printed: Uint8Array;
  readonly finished: Uint8Array;
  readonly copy: Uint8Array;
}
let folder: string;
const made = new Map<string, Made>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "resultatplan-nemlogin-"));
  await writeStressPlans(folder);
  const shop = shopOfMachine();
  try {
    for (const [id, document] of await documents()) made.set(id, await make(shop, document));
  } finally {
    await shop.close();
  }
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function documents(): Promise<[string, HtmlDocument][]> {
  const found: [string, HtmlDocument][] = [["constructs", await constructs(forms)]];
  const stress = { plans: join(folder, "plans"), templates: join(root, "templates"), output: folder };
  const plans = [...(await findPlans(workspaceAt(root), seedPlanIds)), ...(await findPlans(stress, stressForms))];
  for (const plan of plans) {
    for (const one of await draft(plan, forms, (result) => result.value)) {
      const id = one.name === "plan" ? plan.id : `${plan.id}.${one.name}`;
      if (ids.includes(id)) found.push([id, await one.document()]);
    }
  }
  return found;
}

async function make(shop: PrintShop, document: HtmlDocument): Promise<Made> {
  const printed = await shop.print(document);
  const shown = await shop.print(withAddressesShown(document));
  return {
    printed,
    finished: await finishPdf(printed, sampleFacts),
    copy: await signingCopy(shown, sampleFacts),
  };
}

function madeOf(id: string): Made {
  const one = made.get(id);
  if (!one) throw new Error(`${id} was not made`);
  return one;
}

describe("the signing copy", () => {
  test.each(ids)("of %s has nothing that the service refuses", async (id) => {
    expect((await nemloginObjections(madeOf(id).copy)).map(objectionText)).toEqual([]);
  });

  test("shows the addresses of its links", async () => {
    const { everything } = await pdfText(madeOf("constructs").copy);
    expect(everything.replace(/\s+/g, "")).toContain("(https://oes.dk/statens-oekonomi)");
  });

  test("carries no file", async () => {
    const document = await PDFDocument.load(madeOf("constructs").copy);
    expect(document.catalog.has(PDFName.of("AF"))).toBe(false);
    expect(document.getAttachments()).toEqual([]);
  });

  test("is PDF/UA-1 and PDF/A-2a", { timeout: 120_000 }, async (context) => {
    const verapdf = await findVeraPdf();
    if ("missing" in verapdf) return context.skip(verapdf.missing);
    const paths = await Promise.all(ids.map((id) => write(`${id}.copy.pdf`, madeOf(id).copy)));
    const verdicts = await judgeFiles(verapdf.classPath, paths, ["ua1", "2a"]);
    console.info(
      verdicts
        .map(({ file, flavour, checks, failed }) => [file.split("/").at(-1), flavour, checks, failed].join("\t"))
        .join("\n"),
    );
    expect(verdicts.flatMap(({ broken }) => broken)).toEqual([]);
    expect(verdicts.map(({ failed }) => failed)).toEqual(ids.flatMap(() => [0, 0]));
  });
});

describe("what the service refuses is found", () => {
  test("in a print and in the finished PDF, with its place", async () => {
    const { printed, finished } = madeOf("constructs");
    const inPrint = names(await nemloginObjections(printed));
    for (const expected of [
      { key: "S", name: "Strong", page: 1 },
      { key: "S", name: "URI", page: 1 },
      { key: "O", name: "List", page: 1 },
      { key: "lister", name: "lister", page: 1 },
    ]) {
      expect(inPrint).toContainEqual(expect.objectContaining(expected));
    }
    const inFinished = names(await nemloginObjections(finished));
    expect(inFinished).toContainEqual(expect.objectContaining({ key: "AFRelationship", name: "AFRelationship" }));
    expect(inFinished).toContainEqual(expect.objectContaining({ key: "Type", name: "Filespec" }));
  });

  test("when it is a signature, a password or the size", async () => {
    const signed = await PDFDocument.create();
    signed.addPage();
    signed.context.register(signed.context.obj({ ByteRange: [0, 1, 2, 3], Contents: PDFHexString.of("00") }));
    expect(kinds(await nemloginObjections(await signed.save()))).toContain("signed");

    const large = await PDFDocument.create();
    large.addPage();
    large.context.register(large.context.stream(new Uint8Array(20_000_001)));
    expect(kinds(await nemloginObjections(await large.save()))).toContain("size");

    const locked = await PDFDocument.create();
    locked.addPage();
    locked.encrypt({ userPassword: "hemmelig" });
    expect(kinds(await nemloginObjections(await locked.save()))).toContain("encrypted");
  });
});

/** The service's rules where they are at hand, our own otherwise. */
function rules(): NameRules {
  if (!hasLists) return { accepts: isAccepted, skipped: SKIPPED_KEYS, unchecked: UNCHECKED_KEYS };
  const allowed = listed("allowed-names.txt");
  return {
    accepts: (name) => allowed.has(name) || /^F\d+$/.test(name),
    skipped: listed("skipped-keys.txt"),
    unchecked: listed("keys-with-unchecked-direct-values.txt"),
  };
}

function listed(file: string): Set<string> {
  const lines = readFileSync(join(lists, file), "utf8").split(/\r?\n/);
  return new Set(lines.filter((line) => line.startsWith("/")).map((line) => line.trim().slice(1)));
}

describe.skipIf(!hasQpdf)("qpdf, asked the same, finds the same", () => {
  test.each(ids.flatMap((id) => (["printed", "finished", "copy"] as const).map((kind) => [id, kind] as const)))(
    "%s, %s",
    async (id, kind) => {
      const bytes = madeOf(id)[kind];
      const path = await write(`${id}.${kind}.pdf`, bytes);
      const ours = names(await nemloginObjections(bytes)).map(({ object, key, name }) => [object, key, name].join(" "));
      const theirs = refusedByQpdf(path, rules()).map(({ object, key, name }) => [object, key, name].join(" "));
      expect(ours.sort()).toEqual(theirs.sort());
      if (kind === "finished") expect(theirs).not.toEqual([]);
    },
  );
});

describe.skipIf(!hasLists)("held against the service's own lists", () => {
  test("our list has no name that theirs does not have", () => {
    const source = readFileSync(join(root, "src/pdf/nemlogin/accepted-names.ts"), "utf8");
    const ours = [...source.matchAll(/^ {4}"([^"]+)",$/gm)].flatMap((match) => (match[1] ?? "").split(" "));
    const theirs = listed("allowed-names.txt");
    expect(ours.length).toBeGreaterThan(300);
    expect(ours.filter((name) => !theirs.has(name))).toEqual([]);
  });

  test("our keys that are looked at less are theirs", () => {
    expect(SKIPPED_KEYS).toEqual(listed("skipped-keys.txt"));
    expect(UNCHECKED_KEYS).toEqual(listed("keys-with-unchecked-direct-values.txt"));
  });
});

function names(objections: readonly Objection[]) {
  return objections.flatMap((one) => (one.kind === "name" ? [one.where] : []));
}

function kinds(objections: readonly Objection[]): string[] {
  return objections.map(({ kind }) => kind);
}

async function write(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

/** The order of the folders in src: each may import from those before it. The README draws the same line. */
const order = [
  "core",
  "plan",
  "results",
  "sheet",
  "compare",
  "lock",
  "template",
  "print",
  "pdf",
  "scan",
  "sign",
  "verify",
  "pipeline",
  "report",
  "cli",
];

/** Where each third-party library may be imported. */
const homes: Readonly<Record<string, readonly string[]>> = {
  "fraction.js": ["core"],
  "fastest-levenshtein": ["core"],
  "gray-matter": ["plan"],
  "markdown-it": ["plan"],
  diff: ["compare"],
  yaml: ["plan", "lock", "template"],
  zod: ["plan", "results", "lock", "template", "pipeline"],
  fflate: ["sheet"],
  saxes: ["sheet", "verify"],
  "write-excel-file": ["sheet"],
  yauzl: ["sheet"],
  "zxing-wasm": ["template", "scan"],
  "@hyzyla/pdfium": ["scan"],
  handlebars: ["template"],
  echarts: ["template"],
  hyphen: ["print"],
  "p-limit": ["print", "pipeline"],
  puppeteer: ["print"],
  "puppeteer-core": ["print"],
  "@sparticuz/chromium": ["print"],
  tar: ["print"],
  ws: ["print"],
  "pdf-lib": ["pdf", "sign"],
  pkcs11js: ["sign"],
  commander: ["cli"],
  chokidar: ["cli"],
  "@clack/prompts": ["cli"],
  "ical-generator": ["report"],
};

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly from: string;
  readonly typeOnly: boolean;
}

const source = resolve(import.meta.dirname, "../src");
const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((path) => /(?<!\.d)\.ts$/.test(path));
const imports = files.flatMap(importsOf);

function importsOf(path: string): Import[] {
  const text = readFileSync(join(source, path), "utf8");
  const folder = path.split(/[\\/]/)[0] ?? "";
  const statements = text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm);
  const dynamic = text.matchAll(/\bimport\("([^"]+)"\)/g);
  return [
    ...[...statements].map((match) => ({ file: path, folder, from: match[2] ?? "", typeOnly: match[1] !== undefined })),
    ...[...dynamic].map((match) => ({ file: path, folder, from: match[1] ?? "", typeOnly: false })),
  ];
}

function target(one: Import): string {
  return relative(source, resolve(source, dirname(one.file), one.from)).replaceAll("\\", "/");
}

const own = imports.filter((one) => one.from.startsWith("."));

describe("the folders of src", () => {
  test("are those that the order names", () => {
    expect([...new Set(files.map((file) => file.split(/[\\/]/)[0]))].sort()).toEqual([...order].sort());
  });

  test("import one way: from the left", () => {
    const wrong = own.filter((one) => order.indexOf(target(one).split("/")[0] ?? "") > order.indexOf(one.folder));
    expect(wrong.map((one) => `${one.file} imports ${target(one)}`)).toEqual([]);
  });

  test("have no cycles of files at run time", () => {
    const graph = new Map<string, string[]>();
    for (const one of own.filter((candidate) => !candidate.typeOnly)) {
      graph.set(one.file, [...(graph.get(one.file) ?? []), target(one)]);
    }
    const cycles: string[] = [];
    const visit = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file].join(" > "));
      else for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    };
    for (const file of graph.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });
});

describe("third-party libraries", () => {
  const packages = imports.filter((one) => !one.from.startsWith(".") && !one.from.startsWith("node:"));
  const nameOf = (from: string) =>
    (from.startsWith("@") ? from.split("/").slice(0, 2) : [from.split("/")[0]]).join("/");

  test("stay in their folders", () => {
    const strays = packages.filter((one) => !homes[nameOf(one.from)]?.includes(one.folder));
    expect(strays.map((one) => `${one.file} imports ${one.from}`)).toEqual([]);
  });

  test("are all used, and all in package.json", () => {
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync(resolve(source, "../package.json"), "utf8"));
    expect(Object.keys({ ...dependencies, ...optionalDependencies }).sort()).toEqual(Object.keys(homes).sort());
  });
});

test("a print is named a print by the stage that prints, and by nobody else", () => {
  const users = files.filter((file) => /\basPrinted\b/.test(readFileSync(join(source, file), "utf8")));
  expect(users.sort()).toEqual(["core/states.ts", "print/print.ts"]);
});

test("a PDF is named finished by the stage that finishes, and by nobody else", () => {
  const users = files.filter((file) => /\bas(?:Finished|SigningCopy)\b/.test(readFileSync(join(source, file), "utf8")));
  expect(users.sort()).toEqual(["core/states.ts", "pdf/finish/finish.ts"]);
});

test("a PDF is named merged by the stage that merges, and by nobody else", () => {
  const users = files.filter((file) => /\basMerged\b/.test(readFileSync(join(source, file), "utf8")));
  expect(users.sort()).toEqual(["core/states.ts", "pdf/merge/merge.ts"]);
});

test("the verifier shares no code with what makes and signs PDFs: it imports itself, core and node", () => {
  const others = imports.filter((one) => one.folder === "verify" && !one.from.startsWith("node:"));
  const strays = others.filter((one) => !/^(?:verify|core)\//.test(target(one)));
  expect(strays.map((one) => `${one.file} imports ${one.from}`)).toEqual([]);
  expect(others.length).toBeGreaterThan(100);
});

test("a PDF is named signed by the stage that signs, and by nobody else", () => {
  const users = files.filter((file) => /\basSigned\b/.test(readFileSync(join(source, file), "utf8")));
  expect(users.sort()).toEqual(["core/states.ts", "sign/sign.ts"]);
});

test("only the faces write to the terminal", () => {
  const writers = files.filter((file) =>
    /\bconsole\.|process\.std(?:out|err)\b/.test(readFileSync(join(source, file), "utf8")),
  );
  expect(writers.filter((file) => !file.startsWith("cli/"))).toEqual([]);
});

test("the README draws the same order", () => {
  const readme = readFileSync(resolve(source, "../README.md"), "utf8");
  expect(readme).toContain(order.join(" < "));
});

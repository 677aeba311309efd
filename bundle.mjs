// Bundles the program for a quick start: modules in a few files, run when a command first needs them, and a launcher that lets V8
// keep what it compiled of them (see launch.mjs). What runs in threads of its own has files of its own.
import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build, transform } from "esbuild";
import Handlebars from "handlebars";

/** What libraries bring for things that this program never asks of them; it would be read at every start. */
const leftOut = [
  // gray-matter's own engine for YAML; it is only ever given ours.
  { filter: /^js-yaml$/, names: ["safeLoad", "safeDump"] },
  // What pdf-lib reads SVG and XFA forms with, and writes them with.
  { filter: /^node-html-better-parser$/, names: ["parse", "NodeType"] },
  { filter: /^html-entities$/, names: ["encode"] },
  // The measures of the fonts that every reader has, and a table made of them: pdf-lib unpacks both as soon as it is loaded.
  { filter: /[\\/]standard-fonts[\\/]index\.js$/, names: ["Encodings", "Font", "FontNames"] },
  { filter: /[\\/]FontDecoder\.js$/, names: ["FontDecoder"] },
];

const leaveOut = {
  name: "leave out",
  setup(bundler) {
    for (const { filter, names } of leftOut) {
      bundler.onResolve({ filter }, ({ path }) => ({ path, namespace: "left-out", pluginData: names }));
    }
    bundler.onLoad({ filter: /./, namespace: "left-out" }, ({ path, pluginData }) => ({
      contents: pluginData
        .map((name) => `exports.${name} = () => { throw new Error("${path} is left out of the bundle"); };`)
        .join("\n"),
    }));
  },
};

/** fflate fills large tables as soon as it is loaded; pdf-lib loads it always, and needs it for few documents. */
const fflateWhenNeeded = {
  name: "fflate when needed",
  setup(bundler) {
    bundler.onResolve({ filter: /^fflate$/ }, ({ importer }) =>
      /[\\/]pdf-lib[\\/]/.test(importer) ? { path: "fflate", namespace: "when-needed" } : undefined,
    );
    bundler.onLoad({ filter: /./, namespace: "when-needed" }, () => ({
      contents: ["inflateSync", "unzlibSync", "zlibSync"]
        .map((name) => `exports.${name} = (...given) => require("fflate").${name}(...given);`)
        .join("\n"),
      resolveDir: import.meta.dirname,
    }));
  },
};

/** Puppeteer asks anew at every message whether anybody wants to read along; nobody does in the bundle. */
const silentPuppeteer = {
  name: "silent puppeteer",
  setup(bundler) {
    bundler.onLoad({ filter: /puppeteer[\\/]common[\\/]Debug\.js$/ }, () => ({
      contents: "export const debug = () => () => {};",
    }));
  },
};

/** The templates that come with the program, compiled: src/template/compiled-ahead.ts says what for. */
const templatesAhead = {
  name: "templates ahead",
  setup(bundler) {
    bundler.onLoad({ filter: /template[\\/]compiled-ahead\.ts$/ }, async () => {
      const options = JSON.parse(await readFile("src/template/compile-options.json", "utf8"));
      const files = (await readdir("templates", { recursive: true })).filter((path) => path.endsWith(".hbs")).sort();
      const texts = new Set(await Promise.all(files.map((path) => readFile(join("templates", path), "utf8"))));
      const entries = [...texts].map((text) => {
        const hash = createHash("sha256").update(text).digest("hex");
        return `"${hash}": ${Handlebars.precompile(text, options)}`;
      });
      return { contents: `export const compiledAhead = {${entries.join(",\n")}};` };
    });
  },
};

const common = {
  bundle: true,
  platform: "node",
  target: "node20.12",
  sourcemap: true,
  // Less to read at every start; names stay, for the stack traces of bug reports.
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: "warning",
  legalComments: "linked",
  // The one finds its browser beside its own files, the other is compiled where it is installed, if it is.
  external: ["@sparticuz/chromium", "pkcs11js"],
};

await rm("dist", { recursive: true, force: true });
await mkdir("dist");
const { outputFiles, metafile } = await build({
  ...common,
  plugins: [leaveOut, fflateWhenNeeded, silentPuppeteer, templatesAhead],
  entryPoints: { program: "src/cli/main.ts" },
  outdir: "dist",
  splitting: true,
  format: "esm",
  define: { "import.meta.url": "__ownAddress" },
  sourcemap: "inline",
  legalComments: "external",
  write: false,
  metafile: true,
});
const notices = outputFiles.filter(({ path }) => path.endsWith(".LEGAL.txt")).map(({ text }) => text);
await writeFile("dist/program.LEGAL.txt", [...new Set(notices)].join("\n"));
const partOf = partsOf(metafile.outputs);
const fingerprint = createHash("sha256");
for (const part of new Set(Object.values(partOf))) fingerprint.update(await writePart(part));
await build({
  ...common,
  plugins: [leaveOut, fflateWhenNeeded],
  entryPoints: {
    "finish-worker": "src/pipeline/finish-worker.ts",
    "merge-worker": "src/pdf/merge/worker.ts",
    "scan-worker": "src/scan/worker.ts",
    "verify-worker": "src/verify/apart/worker.ts",
  },
  outdir: "dist",
  splitting: true,
  format: "esm",
  // Some libraries inside are CommonJS and ask for node's modules by `require`.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
const launcher = (await readFile("launch.mjs", "utf8"))
  .replaceAll("FINGERPRINT", fingerprint.digest("hex"))
  .replace("PART_OF", JSON.stringify(partOf));
await writeFile("dist/main.js", launcher);
await chmod("dist/main.js", 0o755);

/** Which part each module of the program goes into, see launch.mjs. */
function partsOf(outputs) {
  const entry = (source) => Object.keys(outputs).find((path) => outputs[path].entryPoint === source);
  // A build is to start its browser before anything else is read.
  const early = reachedFrom([entry("src/cli/main.ts"), entry("src/cli/build.ts")], outputs);
  const partFor = (path, { inputs }) => {
    if (early.has(path)) return "start";
    return Object.keys(inputs).some((input) => input.includes("node_modules/echarts/")) ? "charts" : "rest";
  };
  const modules = Object.entries(outputs).filter(([path]) => path.endsWith(".js"));
  return Object.fromEntries(modules.map(([path, output]) => [`./${basename(path)}`, partFor(path, output)]));
}

/** Some modules and all that they import as they are run. */
function reachedFrom(paths, outputs) {
  const reached = new Set(paths);
  for (const path of reached) {
    for (const { path: next, kind } of outputs[path].imports)
      if (kind === "import-statement" && outputs[next]) reached.add(next);
  }
  return reached;
}

/** Writes a part, with the map that leads back to the sources. @returns its text */
async function writePart(part) {
  const sections = [];
  let text = "\nreturn {\n";
  for (const { path, text: module } of outputFiles) {
    const name = `./${basename(path)}`;
    if (partOf[name] !== part) continue;
    // A script that V8 keeps cannot import; what is external is CommonJS anyway. Templates become strings, see below.
    const { code, map } = await transform(module, {
      format: "cjs",
      platform: "node",
      target: common.target,
      minifyWhitespace: true,
      supported: { "dynamic-import": false, "template-literal": false },
      sourcemap: "external",
      sourcefile: name,
    });
    text += `"${name}"(exports, require, module) {\n`;
    sections.push({ offset: { line: text.split("\n").length - 1, column: 0 }, map: JSON.parse(map) });
    text += `${code}\n},\n`;
  }
  text += "};\n";
  // What is left of other characters stands in patterns, where an escape says the same (in a raw template it would not); pure
  // ASCII is read three times as fast.
  if (/\.raw`/.test(text)) throw new Error(`${part} has a raw template`);
  const plain = text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  await writeFile(`dist/${part}.cjs`, `${plain}//# sourceMappingURL=${part}.cjs.map\n`);
  await writeFile(`dist/${part}.cjs.map`, JSON.stringify({ version: 3, sections }));
  return plain;
}

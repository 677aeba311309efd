// Bundles the program for a quick start: one file whose parts are run when a command first needs them, and a launcher that
// lets V8 keep what it compiled of it (see launch.mjs). What runs in threads of its own has a file of its own.
import { createHash } from "node:crypto";
import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

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
await build({
  ...common,
  entryPoints: { program: "src/cli/main.ts" },
  outdir: "dist",
  outExtension: { ".js": ".cjs" },
  format: "cjs",
  define: { "import.meta.url": "__ownAddress" },
  // A script that V8 keeps cannot import; what is external is CommonJS anyway.
  supported: { "dynamic-import": false },
});
await build({
  ...common,
  entryPoints: { "merge-worker": "src/pdf/merge/worker.ts", "finish-worker": "src/pipeline/finish-worker.ts" },
  outdir: "dist",
  splitting: true,
  format: "esm",
  // Some libraries inside are CommonJS and ask for node's modules by `require`.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
// What is left of other characters stands in templates and patterns, where an escape says the same; pure ASCII is read
// three times as fast.
const program = (await readFile("dist/program.cjs", "utf8")).replace(
  /[^\0-\x7f]/g,
  (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
);
await writeFile("dist/program.cjs", program);
const fingerprint = createHash("sha256").update(program).digest("hex");
const launcher = await readFile("launch.mjs", "utf8");
await writeFile("dist/main.js", launcher.replaceAll("FINGERPRINT", fingerprint));
await chmod("dist/main.js", 0o755);

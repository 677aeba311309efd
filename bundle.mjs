// Bundles the program for a quick start: one file per command and what the commands share, loaded when needed.
import { rm } from "node:fs/promises";
import { build } from "esbuild";

await rm("dist", { recursive: true, force: true });
await build({
  entryPoints: {
    main: "src/cli/main.ts",
    "merge-worker": "src/pdf/merge/worker.ts",
    "scan-worker": "src/scan/worker.ts",
  },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
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
  // Some libraries inside are CommonJS and ask for node's modules by `require`.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});

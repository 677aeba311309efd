// The programs that others make PDFs with. They are no part of the project: `node test/bench/install-peers.mjs` puts them into a
// folder of their own; those that are not there are left out of the tables.
// pagedjs-cli 0.4.3 is not among them: it does not understand the selectors of our style sheets.
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { root } from "./stages.mjs";

export const PEERS = process.env.BENCH_PEERS ?? join(root, "node_modules", ".cache", "bench-peers");
const scripts = join(root, "test/bench/peers");
const python = join(PEERS, "python/bin/python");
const bin = (name) => join(PEERS, "node_modules/.bin", name);

/** The command that makes PDFs of pages with a peer; each peer gets one call for all that it can take in one. */
const all = {
  "md-to-pdf": {
    needs: bin("md-to-pdf"),
    // Writes beside the Markdown. No batch: it begins with all files at once, and from ten on gives up waiting for its own pages.
    command: ({ browser, markdown }) => [
      bin("md-to-pdf"),
      markdown[0],
      "--basedir",
      dirname(dirname(markdown[0])),
      "--launch-options",
      JSON.stringify({ executablePath: browser, args: ["--no-sandbox"] }),
      "--pdf-options",
      JSON.stringify({ preferCSSPageSize: true, printBackground: true }),
    ],
  },
  vivliostyle: {
    needs: bin("vivliostyle"),
    command: ({ browser, out, html: [page] }) => [
      bin("vivliostyle"),
      "build",
      // Serves the folder that it stands in.
      join(basename(dirname(page)), basename(page)),
      "-o",
      pdf(out, page),
      "--executable-browser",
      browser,
    ],
    cwd: ({ html: [page] }) => dirname(dirname(page)),
  },
  WeasyPrint: {
    needs: join(PEERS, "python/bin/weasyprint"),
    command: ({ out, html }) => [python, join(scripts, "weasyprint_loop.py"), out, ...html],
    batch: true,
  },
  Typst: {
    needs: join(PEERS, "python/bin/weasyprint"),
    command: ({ out, html }) => [python, join(scripts, "typst_loop.py"), out, ...html.map(typst)],
    batch: true,
    // The same text in Typst's own form, without the form's looks.
    prepare: ({ html }) => [python, join(scripts, "to_typst.py"), ...html],
  },
};

/** The peers that are installed, by name. */
export function peers() {
  return Object.fromEntries(Object.entries(all).filter(([, { needs }]) => existsSync(needs)));
}

function pdf(folder, page) {
  return join(folder, `${basename(page, ".html")}.pdf`);
}

function typst(page) {
  return page.replace(/html$/, "typ");
}

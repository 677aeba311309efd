import { readFileSync } from "node:fs";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../src/core/failure.ts";
import type { Asset, HtmlDocument } from "../../../src/core/states.ts";
import { inspectPdf } from "../../../src/pdf/inspect.ts";
import { PrintShop, type PrintShopOptions } from "../../../src/print/print-shop.ts";
import { coloursOf } from "../../support/print-colours.ts";

const base = "https://skabelon.invalid/prøve/";
const font: Asset = {
  contentType: "font/woff2",
  bytes: readFileSync("templates/resultatplan-2022/skrifter/source-sans-3-latin-400-normal.woff2"),
};

function page(body: string, assets: Record<string, Asset> = {}): HtmlDocument {
  const face = assets["skrift.woff2"]
    ? '@font-face{font-family:"S";src:url("skrift.woff2")} body{font-family:"S"}'
    : "";
  return {
    base: encodeURI(base),
    html: `<!DOCTYPE html><html lang="da"><head><title>Prøve</title><style>@page{size:A4}${face}</style></head><body><h1>Æøå</h1>${body}</body></html>`,
    assets: new Map(Object.entries(assets).map(([name, asset]) => [encodeURI(base + name), asset])),
    fontFamilies: ["S"],
    title: "Prøve",
  };
}

function shopWith(options: Partial<PrintShopOptions> = {}): PrintShop {
  return new PrintShop({ override: undefined, signal: new AbortController().signal, onNotice: () => {}, ...options });
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const cause = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(cause instanceof Failure)) throw new Error(`expected a Failure, got ${String(cause)}`);
  return cause;
}

describe("a document that is not whole is never printed", () => {
  const shop = shopWith();
  afterAll(() => shop.close());

  const cases: readonly (readonly [name: string, document: HtmlDocument, code: string, message: RegExp])[] = [
    ["a picture that is not there", page('<img src="mangler.png" alt="x">'), "udskrift", /mangler\.png/],
    ["a picture from the network", page('<img src="https://example.com/x.png" alt="x">'), "udskrift", /example\.com/],
    ["a file of the machine", page('<img src="file:///etc/passwd" alt="x">'), "udskrift", /file:\/\/\/etc\/passwd/],
    ["a style sheet from elsewhere", page('<link rel="stylesheet" href="//x.test/a.css">'), "udskrift", /x\.test/],
    [
      "a picture that is none",
      page('<img src="figur.png" alt="Kurve">', {
        "figur.png": { contentType: "image/png", bytes: new TextEncoder().encode("ikke et billede") },
      }),
      "billede",
      /Kurve/,
    ],
    ["a frame", page('<iframe src="http://127.0.0.1:1/"></iframe>'), "udskrift", /127\.0\.0\.1/],
    [
      "a font that is no font",
      page("<p>x</p>", { "skrift.woff2": { ...font, bytes: new Uint8Array([1, 2, 3]) } }),
      "",
      /skrift|font/i,
    ],
  ];
  test.each(cases)("%s", async (_name, document, code, message) => {
    const failure = await failureOf(shop.print(document));
    expect(failure.exit).toBe("print");
    if (code !== "") expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
  });

  test("and the next document is printed as if nothing had been", async () => {
    const printed = await shop.print(page("<p>godt</p>", { "skrift.woff2": font }));
    const { fonts } = await inspectPdf(printed);
    expect(fonts.length).toBeGreaterThan(0);
    for (const one of fonts) expect(one).toEqual({ name: expect.stringMatching(/^SourceSans3/), embedded: true });
    expect(shop.launches).toBe(1);
  });

  test("scripts of the page are off", async () => {
    const printed = await shop.print(
      page('<script>document.title = "ændret"</script><svg onload="document.title=1"></svg>'),
    );
    expect((await inspectPdf(printed)).title).toBe("Prøve");
  });
});

describe("documents with other files under the same addresses", () => {
  const shop = shopWith();
  afterAll(() => shop.close());
  const style = (color: string): Asset => ({
    contentType: "text/css",
    bytes: new TextEncoder().encode(`h1 { color: ${color} }`),
  });

  test("are printed with their own, one after the other and at once", async () => {
    const link = '<link rel="stylesheet" href="a.css">';
    const print = async (color: string) => coloursOf(await shop.print(page(link, { "a.css": style(color) })));
    const colours = [
      ["#ff0000", "1 0 0"],
      ["#00ff00", "0 1 0"],
      ["#0000ff", "0 0 1"],
      ["#ff0000", "1 0 0"],
    ] as const;
    for (const [color, shown] of colours) expect(await print(color)).toContain(shown);
    const all = await Promise.all(colours.map(([color]) => print(color)));
    expect(all.map((found, index) => found.includes(colours[index]?.[1] ?? ""))).toEqual([true, true, true, true]);
    await shop.renewPages();
    expect(await print("#00ff00")).toContain("0 1 0");
  });
});

test("a print that takes too long is a failure of its own", async () => {
  const shop = shopWith({ stepTimeout: 1 });
  try {
    const failure = await failureOf(shop.print(page("<p>x</p>")));
    expect([failure.exit, failure.code]).toEqual(["print", "tidsfrist"]);
  } finally {
    await shop.close();
  }
});

describe("page numbers", () => {
  const shop = shopWith();
  afterAll(() => shop.close());
  const lines =
    '<a href="#slut"><span data-sidetal="slut">0</span></a><h2 id="slut" style="break-before:page">Slut</h2>';

  /** Prints with what a reader of the prints tells, one after the other, and gives the prints that it read. */
  async function printed(told: readonly string[], expected?: string): Promise<readonly boolean[]> {
    const tagged: boolean[] = [];
    await shop.print(page(lines), {
      numbers: {
        expected: expected === undefined ? undefined : new Map([["slut", expected]]),
        read: async (one) => {
          tagged.push((await inspectPdf(one)).tagged);
          return new Map([["slut", told[tagged.length - 1] ?? ""]]);
        },
      },
    });
    return tagged;
  }

  test("are read from a first print, which needs no tags, and found true in the second", async () => {
    expect(await printed(["2", "2"])).toEqual([false, true]);
  });

  test("that are as expected cost one print", async () => {
    expect(await printed(["2"], "2")).toEqual([true]);
  });

  test("that are not as expected are printed anew", async () => {
    expect(await printed(["2", "2"], "7")).toEqual([true, true]);
  });

  test("that never come to rest are no document", async () => {
    const failure = await failureOf(printed(["2", "3", "2", "3", "2"]));
    expect([failure.exit, failure.code]).toEqual(["print", "sidetal"]);
    expect(failure.message).toContain("skifter");
  });
});

describe("after a crash", () => {
  const shop = shopWith();
  beforeEach(async () => void (await shop.print(page("<p>først</p>"))));
  afterAll(() => shop.close());

  /** Sends a command that is never answered, because whoever should answer is gone. */
  async function crash(command: "Page.crash" | "Browser.crash"): Promise<void> {
    const { browser } = await shop.start();
    const target = command === "Page.crash" ? (await browser.pages()).at(-1)?.target() : browser.target();
    const session = await target?.createCDPSession();
    void session?.send(command).catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 300));
  }

  test("of a page, the document is printed on another", async () => {
    await crash("Page.crash");
    expect((await inspectPdf(await shop.print(page("<p>igen</p>")))).pages).toBe(1);
    expect(shop.launches).toBe(1);
  });

  test("of the browser, it is started once more and the document printed", async () => {
    await crash("Browser.crash");
    expect((await inspectPdf(await shop.print(page("<p>igen</p>")))).pages).toBe(1);
    expect(shop.launches).toBe(2);
  });

  test("of the browser again, it is not started a third time", async () => {
    await crash("Browser.crash");
    const failure = await failureOf(shop.print(page("<p>igen</p>")));
    expect([failure.exit, failure.code, shop.launches]).toEqual(["print", "browser-nede", 2]);
  });
});

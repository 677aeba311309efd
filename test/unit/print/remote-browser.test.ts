import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Failure } from "../../../src/core/failure.ts";
import { FORM_ORIGIN, type HtmlDocument } from "../../../src/core/states.ts";
import { buildPlan } from "../../../src/pipeline/build.ts";
import { findPlans, workspaceAt } from "../../../src/pipeline/workspace.ts";
import { describeBrowsers, launchBrowser } from "../../../src/print/browser.ts";
import { PrintShop } from "../../../src/print/print-shop.ts";
import { FormShelf } from "../../../src/template/shelf.ts";
import { type RemoteBrowser, startRemote, wireTo } from "../../support/remote-browser.ts";
import { bundledShop } from "../../support/shops.ts";
import { bundledRuns } from "./fake-browsers.ts";

const root = resolve(import.meta.dirname, "../../..");
const never = new AbortController().signal;
const notices: string[] = [];
const onNotice = (text: string) => void notices.push(text);

const document = (words: string): HtmlDocument => ({
  base: `${FORM_ORIGIN}x/`,
  html: `<!DOCTYPE html><html lang="da"><title>x</title><style>@page{size:A4}</style><body><p>${words}</p>`,
  assets: new Map(),
  fontFamilies: [],
  title: "x",
});

// Elsewhere than on Linux there is no browser of a known version that two could be started of.
describe.skipIf(!bundledRuns)("a browser that runs already (needs the bundled browser: Linux, x64)", () => {
  let remote: RemoteBrowser;
  let before: Awaited<ReturnType<RemoteBrowser["state"]>>;

  beforeAll(async () => {
    remote = await startRemote();
    const { targetId } = await remote.ask("Target.createTarget", { url: "data:text/html,en%20andens" });
    expect(targetId).toBeTypeOf("string");
    before = await remote.state();
    expect(before.pages).toContain("data:text/html,en%20andens");
  });
  afterAll(async () => await remote.stop());

  const shopOn = (override: string, signal = never) => new PrintShop({ override, signal, onNotice });
  const untouched = () => vi.waitFor(async () => expect(await remote.state()).toEqual(before), { timeout: 3000 });

  test("prints the same bytes as one that we start, and is left as it was", async () => {
    const folder = await mkdtemp(join(tmpdir(), "rp-remote-output-"));
    const printed: Record<string, string>[] = [];
    for (const shop of [await bundledShop(), shopOn(remote.http)]) {
      const workspace = { ...workspaceAt(root), output: join(folder, String(printed.length)) };
      const [plan] = await findPlans(workspace, ["benchmarkingenheden-2024"]);
      if (!plan) throw new Error("no plan");
      const { written } = await buildPlan(plan, { workspace, forms: new FormShelf(workspace.templates), shop });
      const files = written.map(async ({ path }) => [
        relative(workspace.output, path),
        (await readFile(path)).toString("latin1"),
      ]);
      printed.push(Object.fromEntries(await Promise.all(files)));
      await shop.close();
    }
    expect(Object.keys(printed[0] ?? {})).toHaveLength(3);
    expect(printed[1]).toEqual(printed[0]);
    await untouched();
    await rm(folder, { recursive: true });
  });

  test("is told of by the same identity at both its addresses, and keeps no secret of them", async () => {
    const launch = (override: string) => launchBrowser({ override, signal: never, onNotice });
    const [one, other] = await Promise.all([launch(remote.http), launch(remote.ws)]);
    expect(one.program).toContain(one.version);
    expect(one.program).toBe(other.program);
    expect(one.program).not.toContain("rp-remote");
    // Nothing of the other's context is seen, nor of what somebody else opened.
    expect(one.browser.targets()).toEqual([]);
    const page = await other.context.newPage();
    expect(one.browser.targets()).toEqual([]);
    expect(other.browser.targets().filter((target) => target.type() === "page")).toEqual([page.target()]);
    await one.close();
    // The one's end is not the other's.
    expect(await page.evaluate(() => 1 + 1)).toBe(2);
    await Promise.all([other.close(), other.close()]);
    await untouched();
    const [report] = await describeBrowsers(remote.ws);
    expect(report).toMatchObject({ candidate: { kind: "remote" }, chosen: true, problem: undefined });
    expect(JSON.stringify(report)).not.toContain("devtools");
    await untouched();
  });

  test("that moves letters to suit a screen is told of", async () => {
    const hinting = await startRemote((args) => args.filter((one) => !one.startsWith("--font-render-hinting")));
    notices.length = 0;
    const running = await launchBrowser({ override: hinting.http, signal: never, onNotice });
    expect(notices).toEqual([expect.stringContaining("--font-render-hinting=none")]);
    await running.close();
    await hinting.stop();
    notices.length = 0;
    await (await launchBrowser({ override: remote.http, signal: never, onNotice })).close();
    expect(notices).toEqual([]);
  });

  test.each([0, 5, 20, 60, 150])("has nothing of ours left when we break off after %i ms", async (delay) => {
    const breaker = new AbortController();
    const shop = shopOn(remote.http, breaker.signal);
    const prints = [1, 2, 3, 4, 5, 6].map((number) =>
      shop.print(document(`${number} lang tekst `.repeat(20_000))).catch((cause: unknown) => cause),
    );
    setTimeout(() => breaker.abort(), delay);
    for (const one of await Promise.all(prints)) expect(one).toMatchObject({ code: "afbrudt", exit: "interrupted" });
    await shop.close();
    await untouched();
  });

  test("is connected to again when the connection drops, once", async () => {
    const wire = await wireTo(remote.port);
    const shop = shopOn(wire.http);
    await shop.print(document("først"));
    let cuts = 1;
    wire.onTraffic = (data) => {
      // Browsers' messages are masked: when a long one comes, a document is under way.
      if (cuts > 0 && data.length > 10_000) {
        cuts--;
        wire.cut();
      }
    };
    const long = document("lang tekst ".repeat(5000));
    expect((await shop.print(long)).length).toBeGreaterThan(1000);
    expect([cuts, shop.launches]).toEqual([0, 2]);
    cuts = 1;
    const failure: unknown = await shop.print(long).catch((cause: unknown) => cause);
    expect(failure).toMatchObject({ exit: "environment", code: "browser-mangler" });
    expect((failure as Failure).message).toContain("afbrudt to gange");
    await shop.close();
    await wire.stop();
    await untouched();
  });

  test("that is gone for good fails at once, for all documents", async () => {
    const wire = await wireTo(remote.port);
    const shop = shopOn(wire.http);
    await shop.print(document("først"));
    await wire.stop();
    const begun = performance.now();
    const failures = await Promise.all([1, 2, 3].map(() => shop.print(document("x")).catch((cause: unknown) => cause)));
    expect(performance.now() - begun).toBeLessThan(3000);
    for (const one of failures) {
      expect(one).toBeInstanceOf(Failure);
      expect(one).toMatchObject({ exit: "environment", code: "browser-mangler" });
      expect((one as Failure).message).toContain("der er ingen, der svarer");
    }
    await shop.close();
    await untouched();
  });
});

import { EventEmitter } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import type WebSocket from "ws";
import { WebSocketServer } from "ws";
import type { Failure } from "../../../src/core/failure.ts";
import { describeBrowsers, launchBrowser } from "../../../src/print/browser.ts";
import { parseAddress } from "../../../src/print/remote/address.ts";
import { connectToRemote } from "../../../src/print/remote/connect.ts";
import { GuestTransport } from "../../../src/print/remote/guest.ts";

const never = new AbortController().signal;
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A server that answers questions with a text, if with anything, and WebSockets' messages as it likes. */
async function serving(answer: { status?: number; text?: string }, speak?: (socket: WebSocket) => void) {
  const server = createServer((_request, response) => {
    if (answer.text === undefined) return;
    response.statusCode = answer.status ?? 200;
    response.end(answer.text);
  });
  servers.push(server);
  if (speak) new WebSocketServer({ server }).on("connection", speak);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function failureAt(override: string): Promise<Failure> {
  const failure = await launchBrowser({ override, signal: never, onNotice: () => {} }).then(
    () => undefined,
    (cause: Failure) => cause,
  );
  expect(failure).toMatchObject({ exit: "environment", code: "browser-mangler" });
  return failure as Failure;
}

/** A browser as far as its first answers go. */
const speaking = (product: string) => (socket: WebSocket) =>
  socket.on("message", (data) => {
    const { id, method } = JSON.parse(String(data));
    const results: Record<string, object> = {
      "Target.getBrowserContexts": { browserContextIds: [] },
      "Browser.getVersion": { product },
    };
    socket.send(JSON.stringify({ id, result: results[method] ?? {} }));
  });

const NO_BROWSER = "det, der svarer på adressen, er ikke en browser";

describe("an address where no browser is", () => {
  test.each(["http://", "ws:", "ws://[", "https:///x y"])("%s can't be read, and is never a file", async (override) => {
    const failure = await failureAt(override);
    expect(failure.hint ?? failure.message).toMatch(/RESULTATPLAN_BROWSER|doctor/);
  });

  test.each(["ws", "http"])("%s: nobody answers", async (scheme) => {
    const place = await serving({});
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    const { message } = await failureAt(`${scheme}://hans:hemmelig@${place}/sti?token=hemmelig`);
    expect(message).toContain(
      `Browseren på ${scheme}://${place}/… kan ikke bruges: der er ingen, der svarer på adressen`,
    );
    expect(message).not.toContain("hemmelig");
  });

  test.each([
    ["a page", { text: "<h1>Intranet</h1>" }, NO_BROWSER],
    ["JSON of another kind", { text: "null" }, NO_BROWSER],
    ["an address that is none", { text: '{"webSocketDebuggerUrl":"nej"}' }, NO_BROWSER],
    ["far too much", { text: " ".repeat(1_000_000) }, NO_BROWSER],
    ["nothing of the kind", { status: 404, text: "Not found" }, "serveren svarede med HTTP 404"],
    [
      "Chromium that is called by a name",
      { status: 500, text: "Host header is specified and is not an IP address or localhost." },
      "skriv serverens IP-adresse",
    ],
  ])("http: a server answers with %s", async (_, answer, why) => {
    expect((await failureAt(`http://${await serving(answer)}`)).message).toContain(why);
  });

  test("ws: a server knows no WebSockets", async () => {
    const { message } = await failureAt(`ws://${await serving({ status: 403, text: "no" })}/x`);
    expect(message).toContain("HTTP 4");
  });

  test.each<[string, (socket: WebSocket) => void, string]>([
    ["speaks another language", (socket) => socket.send("hej"), "er ikke en browser"],
    ["sends null", (socket) => socket.send("null"), "er ikke en browser"],
    ["hangs up", (socket) => socket.close(), "forbindelsen blev afbrudt"],
    ["is too old", speaking("HeadlessChrome/130.0.1.2"), "er for gammel (HeadlessChrome/130.0.1.2)"],
    ["has but one room for all", speaking("Chrome/150.0"), "kan ikke holde vores sider for sig"],
  ])("ws: what answers %s", async (_, speak, why) => {
    expect((await failureAt(`ws://${await serving({}, speak)}`)).message).toContain(why);
  });

  test("what never says anything is given up, by both ways, and doctor tells", async () => {
    const place = await serving({}, () => {});
    for (const scheme of ["ws", "http"]) {
      const result = await connectToRemote(parseAddress(`${scheme}://${place}`), never, 300);
      expect(result).toMatchObject({ refused: "svarede ikke inden for 0.3 sekunder" });
    }
    const hangingUp = await serving({}, (socket) => socket.close());
    expect(await describeBrowsers(`ws://${hangingUp}`)).toMatchObject([
      { candidate: { kind: "remote" }, problem: expect.stringContaining("afbrudt"), chosen: false },
    ]);
  });

  test("what never says anything is left at once when the signal is raised", async () => {
    const breaker = new AbortController();
    const place = await serving({}, () => {});
    for (const scheme of ["ws", "http"]) {
      setTimeout(() => breaker.abort(), 100);
      const work = launchBrowser({ override: `${scheme}://${place}`, signal: breaker.signal, onNotice: () => {} });
      await expect(work).rejects.toMatchObject({ exit: "interrupted", code: "afbrudt" });
    }
  });
});

describe("the connection", () => {
  function guestOn(answer: (message: { id: number; method: string }) => object | undefined) {
    const sent: { id: number; method: string; params?: object; sessionId?: string }[] = [];
    const socket = Object.assign(new EventEmitter(), {
      OPEN: 1,
      readyState: 1,
      send: (text: string) => {
        const message = JSON.parse(text);
        sent.push(message);
        const reply = answer(message);
        if (reply) socket.emit("message", JSON.stringify({ id: message.id, ...reply }));
      },
      terminate: vi.fn(() => socket.emit("close")),
    });
    return { guest: new GuestTransport(socket as unknown as WebSocket), socket, sent };
  }

  test("is given up when nothing is heard for long, and not before", async () => {
    vi.useFakeTimers();
    try {
      let alive = true;
      const { guest, socket } = guestOn(() => (alive ? { result: {} } : undefined));
      await vi.advanceTimersByTimeAsync(300_000);
      expect(socket.terminate).not.toHaveBeenCalled();
      alive = false;
      const lost = expect(guest.lost).rejects.toThrow("afbrudt");
      await vi.advanceTimersByTimeAsync(30_000);
      expect(socket.terminate).toHaveBeenCalledOnce();
      await lost;
    } finally {
      vi.useRealTimers();
    }
  });

  test("never ends the browser, never attaches to everything, and leaves no context behind", async () => {
    const { guest, sent } = guestOn(() => ({ result: { browserContextId: "own" } }));
    const heard: string[] = [];
    guest.onmessage = (text) => heard.push(text);
    for (const [index, method] of ["Browser.close", "Target.setAutoAttach", "Target.createBrowserContext"].entries())
      guest.send(JSON.stringify({ id: index + 1, method, params: {} }));
    guest.send(JSON.stringify({ id: 4, method: "Target.setAutoAttach", params: {}, sessionId: "s" }));
    await vi.waitFor(() => expect(heard).toHaveLength(4));
    expect(sent.map(({ method, params, sessionId }) => [method, params, sessionId])).toEqual([
      ["Target.createBrowserContext", { disposeOnDetach: true }, undefined],
      ["Target.setAutoAttach", {}, "s"],
    ]);
  });

  test("hears of the tabs in its own context alone, and attaches to them", async () => {
    const { guest, socket, sent } = guestOn(({ method }) =>
      method === "Target.createBrowserContext" ? { result: { browserContextId: "own" } } : { result: {} },
    );
    const heard: string[] = [];
    guest.onmessage = (text) => heard.push(JSON.parse(text).params?.targetInfo?.targetId ?? "answer");
    guest.send(JSON.stringify({ id: 1, method: "Target.createBrowserContext", params: {} }));
    for (const browserContextId of ["own", "other", undefined])
      for (const method of ["Target.targetCreated", "Target.targetInfoChanged"]) {
        const targetInfo = { targetId: `tab of ${browserContextId}`, type: "tab", browserContextId };
        socket.emit("message", JSON.stringify({ method, params: { targetInfo } }));
      }
    await vi.waitFor(() => expect(heard).toEqual(["answer", "tab of own", "tab of own"]));
    expect(sent.slice(1)).toMatchObject([{ method: "Target.attachToTarget", params: { targetId: "tab of own" } }]);
  });
});

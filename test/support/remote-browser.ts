import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import WebSocket from "ws";
import { findBundledPackage, unpackBundled } from "../../src/print/bundled-browser.ts";
import { thisMachine } from "../../src/print/find-browser.ts";
import { browserArguments } from "../../src/print/start-browser.ts";
import { userCacheFolder } from "../../src/print/user-cache.ts";

/** A browser on loopback that somebody else started. */
export interface RemoteBrowser {
  readonly port: number;
  /** `http://127.0.0.1:port`, and its WebSocket. */
  readonly http: string;
  readonly ws: string;
  /** Asks it something over a connection that is closed again. */
  ask(method: string, params?: object): Promise<Record<string, unknown>>;
  /** How many contexts there are besides its own, and the pages in all of them. */
  state(): Promise<{ contexts: number; pages: string[] }>;
  stop(): Promise<void>;
}

/** Starts the browser that comes with the program as a server would, with more switches or other ones. */
export async function startRemote(change = (args: string[]) => args): Promise<RemoteBrowser> {
  const outside = thisMachine();
  const options = { cache: userCacheFolder(outside), uid: outside.uid, onProgress: () => {} };
  const signal = new AbortController().signal;
  const { executablePath } = await unpackBundled(findBundledPackage(), { ...options, signal });
  const profile = await mkdtemp(join(tmpdir(), "rp-remote-"));
  const args = browserArguments(profile, { sandboxed: outside.uid !== 0, shell: true }).map((one) =>
    one === "--remote-debugging-pipe" ? "--remote-debugging-port=0" : one,
  );
  const child = spawn(executablePath, change(args), { stdio: "ignore", detached: true });
  const read = () => readFile(join(profile, "DevToolsActivePort"), "utf8");
  const [port, path] = (await vi.waitFor(read, { timeout: 20_000, interval: 50 })).trim().split("\n");
  const ws = `ws://127.0.0.1:${port}${path}`;
  const ask = (method: string, params: object = {}) => askOnce(ws, method, params);
  return {
    port: Number(port),
    http: `http://127.0.0.1:${port}`,
    ws,
    ask,
    state: async () => {
      const { browserContextIds } = await ask("Target.getBrowserContexts");
      const { targetInfos } = await ask("Target.getTargets");
      const infos = targetInfos as { type: string; url: string }[];
      const pages = infos.filter(({ type }) => type === "page").map(({ url }) => url);
      return { contexts: (browserContextIds as string[]).length, pages: pages.sort() };
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      if (child.pid && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function askOnce(ws: string, method: string, params: object): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(ws);
    socket.on("error", reject);
    socket.on("open", () => socket.send(JSON.stringify({ id: 1, method, params })));
    socket.on("message", (data) => {
      const { id, result } = JSON.parse(String(data));
      if (id !== 1) return;
      socket.close();
      resolve(result);
    });
  });
}

/** A way to a browser that can be cut. */
export interface Wire {
  readonly http: string;
  /** Cuts what goes through now; later connections go through again. */
  cut(): void;
  /** Called with all that goes to the browser. */
  onTraffic: (data: Buffer) => void;
  stop(): Promise<void>;
}

/** A port on loopback that leads to another one. */
export async function wireTo(port: number): Promise<Wire> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    for (const one of [near, far]) {
      sockets.add(one);
      one.on("error", () => {}).on("close", () => sockets.delete(one));
    }
    near.on("data", (data) => {
      far.write(data);
      wire.onTraffic(data);
    });
    far.on("data", (data) => near.write(data));
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const wire: Wire = {
    http: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    cut: () => {
      for (const one of sockets) one.destroy();
    },
    onTraffic: () => {},
    stop: async () => {
      wire.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return wire;
}

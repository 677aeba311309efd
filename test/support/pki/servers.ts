import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { filtered, type Setting, TestAuthority } from "./authority.ts";

/** How the time stamp authority behaves. */
export type Manner = "honest" | "down" | "slow" | "other-digest" | "other-nonce" | "refuses" | "nonsense";

/** The servers of the test authority, on the loopback address only. */
export class TestServers {
  readonly authority: TestAuthority;
  readonly #server: Server;
  tsa: Manner = "honest";
  ocsp: "honest" | "down" = "honest";
  crl: "honest" | "down" = "honest";
  readonly asked: string[] = [];
  #stale: Uint8Array | undefined;
  #turn = Promise.resolve();

  private constructor(server: Server, authority: TestAuthority) {
    this.#server = server;
    this.authority = authority;
  }

  static async start(setting?: Setting): Promise<TestServers> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const authority = await TestAuthority.make((server.address() as AddressInfo).port, setting);
    const servers = new TestServers(server, authority);
    server.on("request", async (request, response) => {
      try {
        const answer = await servers.#answer(request);
        if (answer === "slow") return;
        response.statusCode = answer ? 200 : 503;
        response.end(answer);
      } catch (cause) {
        response.statusCode = 500;
        response.end(String(cause));
      }
    });
    return servers;
  }

  get tsaAddress(): string {
    return `http://127.0.0.1:${this.authority.port}/tsa`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.authority.remove();
  }

  async #answer(request: IncomingMessage): Promise<Uint8Array | "slow" | undefined> {
    const path = request.url?.slice(1) ?? "";
    this.asked.push(path);
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    if (path === "tsa") return this.#inTurn(() => this.#stamp(body));
    if (path === "ocsp") return this.ocsp === "down" ? undefined : this.#inTurn(() => this.#state(body));
    if (path.endsWith(".crl") && this.crl === "down") return undefined;
    // Lists are written when they are asked for: one from before the signature proves nothing about the time after it.
    const [, list] = /^(mid|root)\.crl$/.exec(path) ?? [];
    if (list) await this.#inTurn(() => this.authority.writeCrl(list));
    return /^[a-z]+\.(crl|der)$/.test(path) ? this.authority.read(path) : undefined;
  }

  /** openssl keeps serial numbers in a file. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.then(
      () => {},
      () => {},
    );
    return result;
  }

  async #stamp(query: Buffer): Promise<Uint8Array | "slow" | undefined> {
    const { folder } = this.authority;
    if (this.tsa === "down") return undefined;
    if (this.tsa === "slow") return "slow";
    if (this.tsa === "nonsense") return Buffer.from("<html>Log ind</html>");
    if (this.tsa === "refuses") return Buffer.from("30053003020102", "hex");
    if (this.tsa === "other-nonce" && this.#stale) return this.#stale;
    await writeFile(join(folder, "query.tsq"), this.tsa === "other-digest" ? disturbed(query) : query);
    await filtered(
      folder,
      ["ts", "-reply", "-config", "ca.cnf", "-section", "tsa", "-queryfile", "query.tsq", "-out", "reply.tsr"],
      query,
    );
    const reply = await readFile(join(folder, "reply.tsr"));
    this.#stale ??= reply;
    return reply;
  }

  async #state(query: Buffer): Promise<Uint8Array> {
    const folder = await mkdtemp(join(this.authority.folder, "ocsp-"));
    try {
      await writeFile(join(folder, "query"), query);
      const files = [
        "-index",
        "index.txt",
        "-CA",
        "mid.pem",
        "-rsigner",
        "ocsp.pem",
        "-rkey",
        "ocsp.key",
        "-ndays",
        "1",
      ];
      const reply = join(folder, "reply");
      await filtered(
        this.authority.folder,
        ["ocsp", ...files, "-reqin", join(folder, "query"), "-respout", reply],
        query,
      );
      return await readFile(reply);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** The same query for another digest: the 32 bytes after the digest's octet string tag. */
function disturbed(query: Buffer): Buffer {
  const changed = Buffer.from(query);
  const at = changed.indexOf(Buffer.from([0x04, 0x20])) + 2;
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}

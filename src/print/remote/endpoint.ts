import { type IncomingMessage, get as plainGet } from "node:http";
import { get as secureGet } from "node:https";
import { hostRefusal } from "./socket.ts";

/** A browser's answer is half a kilobyte. */
const LONGEST_ANSWER = 100_000;

/**
 * The WebSocket of the browser that answers on an address. A WebSocket's own address is used as it is; on any other, the browser
 * is asked by `/json/version`. It tells where it is as it sees itself, maybe inside a container: only the path is believed.
 *
 * @throws Error in Danish, which continues a sentence that names the browser
 */
export async function endpointOf(address: URL, signal: AbortSignal): Promise<URL> {
  if (address.protocol.startsWith("ws")) return address;
  const question = new URL(address);
  question.pathname = `${address.pathname.replace(/\/$/, "")}/json/version`;
  const told = socketIn(await ask(question, signal));
  if (told === undefined) throw new Error("det, der svarer på adressen, er ikke en browser");
  const endpoint = new URL(address);
  endpoint.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  endpoint.pathname = told.pathname;
  if (told.search) endpoint.search = told.search;
  return endpoint;
}

function socketIn(answer: string): URL | undefined {
  try {
    const { webSocketDebuggerUrl: told } = JSON.parse(answer) as { webSocketDebuggerUrl?: unknown };
    return typeof told === "string" && URL.canParse(told) ? new URL(told) : undefined;
  } catch {
    return undefined;
  }
}

function ask(url: URL, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const get = url.protocol === "https:" ? secureGet : plainGet;
    // A connection of its own: one that is kept would keep the program.
    const request = get(url, { signal, agent: false }, (response) => void read(response).then(resolve, reject));
    request.on("error", reject);
  });
}

async function read(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > LONGEST_ANSWER) throw new Error("det, der svarer på adressen, er ikke en browser");
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString("utf8");
  if (response.statusCode === 200) return text;
  throw new Error(hostRefusal(text) ?? `serveren svarede med HTTP ${response.statusCode}`);
}

import type { IncomingMessage } from "node:http";
import WebSocket from "ws";

/** The longest message that is taken, in bytes; a browser sends a PDF in pieces of a megabyte. */
const LONGEST_MESSAGE = 64 * 1024 * 1024;

/** How much of a refusal is read, in characters. */
const LONGEST_REFUSAL = 1000;

/**
 * Opens a WebSocket, and hands it over in the moment that it is open, lest what is said at once go unheard.
 *
 * @throws Error in Danish, which continues a sentence that names the browser, or what the system says of it
 */
export function openSocket<T>(endpoint: URL, signal: AbortSignal, use: (socket: WebSocket) => T): Promise<T> {
  return new Promise((resolve, reject) => {
    // What is packed is small or packed already, and a network inside a house is faster than packing.
    const socket = new WebSocket(endpoint, { perMessageDeflate: false, maxPayload: LONGEST_MESSAGE });
    const give = (cause: unknown) => {
      signal.removeEventListener("abort", abort);
      socket.terminate();
      reject(cause);
    };
    const abort = () => give(signal.reason);
    signal.addEventListener("abort", abort);
    // Terminated before it is open, it tells of that as of an error.
    socket.on("error", give);
    socket.once("unexpected-response", (_request, response) => void refusalOf(response).then(give));
    socket.once("open", () => {
      signal.removeEventListener("abort", abort);
      socket.off("error", give);
      // What breaks it closes it, and that is heard.
      socket.on("error", () => undefined);
      resolve(use(socket));
    });
    if (signal.aborted) abort();
  });
}

/** Chromium answers only to numbers and `localhost`; undefined where that is not what it says. */
export function hostRefusal(answer: string): string | undefined {
  if (!/^Host header is specified/.test(answer)) return undefined;
  return "browseren svarer kun, når adressen er en IP-adresse eller »localhost«; skriv serverens IP-adresse i stedet for dens navn";
}

async function refusalOf(response: IncomingMessage): Promise<Error> {
  let text = "";
  try {
    for await (const part of response.setEncoding("utf8")) {
      text += part;
      if (text.length > LONGEST_REFUSAL) break;
    }
  } catch {
    // What it began to say is enough.
  }
  const status = `serveren svarede med HTTP ${response.statusCode} og åbnede ingen WebSocket`;
  return new Error(hostRefusal(text) ?? status);
}

import type { BrowserContext } from "puppeteer";
import { throwIfInterrupted } from "../../core/failure.ts";
import {
  CLOSE_LIMIT_MS,
  connect,
  type Refusal,
  requireNewEnough,
  START_LIMIT_MS,
  type StartedBrowser,
  within,
} from "../start-browser.ts";
import type { RemoteAddress } from "./address.ts";
import { endpointOf } from "./endpoint.ts";
import { inDanish } from "./failure.ts";
import { GuestTransport } from "./guest.ts";
import { askForSettings, type RemoteSettings } from "./settings.ts";
import { openSocket } from "./socket.ts";

/** A browser that somebody else started and others may use, too. */
export interface RemoteBrowser extends StartedBrowser, Pick<RemoteSettings, "sandboxed" | "hinted"> {}

/**
 * Takes up a connection to a browser that runs already, and a context of our own in it.
 *
 * @param limitMs how long all of that may take; 20 s unless a test is in a hurry
 * @throws Failure `afbrudt` when the signal is raised meanwhile
 */
export async function connectToRemote(
  address: RemoteAddress,
  signal: AbortSignal,
  limitMs = START_LIMIT_MS,
): Promise<RemoteBrowser | Refusal> {
  throwIfInterrupted(signal);
  const giveUp = new AbortController();
  const abort = () => giveUp.abort(new Error("afbrudt"));
  signal.addEventListener("abort", abort);
  try {
    const guest = await within(limitMs, reach(address, giveUp.signal));
    return await takeUp(guest, signal, limitMs);
  } catch (cause) {
    throwIfInterrupted(signal);
    return { refused: inDanish(cause), sandboxTrouble: false };
  } finally {
    signal.removeEventListener("abort", abort);
    // What came too late, or not at all, must not keep the program.
    giveUp.abort(new Error("opgivet"));
  }
}

async function reach(address: RemoteAddress, signal: AbortSignal): Promise<GuestTransport> {
  const endpoint = await endpointOf(address.url, signal);
  return await openSocket(endpoint, signal, (socket) => new GuestTransport(socket));
}

async function takeUp(guest: GuestTransport, signal: AbortSignal, limitMs: number): Promise<RemoteBrowser> {
  const leave = () => guest.close();
  signal.addEventListener("abort", leave);
  if (signal.aborted) leave();
  try {
    const { browser, version, context, settings } = await within(
      limitMs,
      Promise.race([shakeHands(guest), guest.lost]),
    );
    let closing: Promise<void> | undefined;
    const close = () => {
      signal.removeEventListener("abort", leave);
      closing ??= depart(context, guest);
      return closing;
    };
    const { sandboxed, hinted } = settings;
    return { browser, context, version, program: settings.identity, sandboxed, hinted, close };
  } catch (cause) {
    signal.removeEventListener("abort", leave);
    leave();
    throw cause;
  }
}

async function shakeHands(guest: GuestTransport) {
  const { browser, product } = await connect(guest, undefined);
  const version = requireNewEnough(product);
  const settings = await askForSettings(guest);
  const context = await browser.createBrowserContext({ downloadBehavior: { policy: "deny" } });
  // Without a number it would be the one that the browser's other users are in.
  if (!context.id) throw new Error("browseren kan ikke holde vores sider for sig");
  return { browser, version, context, settings };
}

/** The browser clears up after us anyway; waiting for it makes that certain before we end. */
async function depart(context: BrowserContext, guest: GuestTransport): Promise<void> {
  await within(CLOSE_LIMIT_MS, Promise.race([context.close(), guest.lost])).catch(() => undefined);
  guest.close();
}

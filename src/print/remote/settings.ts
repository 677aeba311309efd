import { within } from "../start-browser.ts";
import type { GuestTransport } from "./guest.ts";

/** How long a browser may take to tell how it was started; it answers in 15 ms, but one with a graphics card looks at that first. */
const LIMIT_MS = 5_000;

/** What a browser elsewhere tells of itself. */
export interface RemoteSettings {
  /** Tells it from every browser that might print otherwise; undefined when it won't tell. */
  readonly identity: string | undefined;
  /** False when it says that it was started without its sandbox. */
  readonly sandboxed: boolean;
  /** True when it says that it moves letters to suit a screen, which moves them on paper, too. */
  readonly hinted: boolean;
}

/** Switches that differ from start to start, and change nothing about what is printed. */
const passing = /\s--(?:user-data-dir|remote-debugging-[a-z]+|remote-allow-origins|crash-dumps-dir)=\S*/g;

/** Asks a browser which it is and how it was started. */
export async function askForSettings(guest: GuestTransport): Promise<RemoteSettings> {
  const { product, revision, userAgent, jsVersion } = await guest.ask("Browser.getVersion");
  const line = await commandLine(guest);
  if (line === undefined) return { identity: undefined, sandboxed: true, hinted: false };
  return {
    identity: JSON.stringify(["remote", product, revision, userAgent, jsVersion, line.replaceAll(passing, "")]),
    sandboxed: !/\s--no-sandbox\b/.test(line),
    // Only Linux has the switch, and there it is on by itself.
    hinted: /Linux/.test(String(userAgent)) && !/\s--font-render-hinting=none\b/.test(line),
  };
}

async function commandLine(guest: GuestTransport): Promise<string | undefined> {
  const told = await within(LIMIT_MS, guest.ask("SystemInfo.getInfo")).catch(() => undefined);
  const line = told?.commandLine;
  return typeof line === "string" && line !== "" ? line : undefined;
}

import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { posix, win32 } from "node:path";
import { Failure } from "../core/failure.ts";
import { isAddress, OVERRIDE_VARIABLE, parseAddress, type RemoteAddress } from "./remote/address.ts";

/** Which make of browser a candidate is; `override` is whatever the user pointed at, `remote` what runs already. */
export type BrowserKind = "override" | "remote" | "headless-shell" | "chrome" | "chromium" | "edge" | "bundled";

/** A browser that might print, before anybody has tried to start it. */
export interface Candidate {
  readonly kind: BrowserKind;
  /** The product's name as users know it. */
  readonly name: string;
  /** Absolute path; undefined for the bundled browser, which has to be unpacked first, and for one that runs already. */
  readonly executablePath: string | undefined;
  /** Where a browser that runs already is spoken to. */
  readonly address?: RemoteAddress;
}

/** Whether a browser has no windows at all; one that the user points at is told by its program's name. */
export function isHeadlessShell({ kind, executablePath = "" }: Candidate): boolean {
  if (kind !== "override") return kind === "headless-shell" || kind === "bundled";
  return /headless[-_]shell[^\\/]*$/.test(executablePath);
}

/** What the search needs to know about the machine, so that any machine can be described in a test. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's home folder. */
  readonly home: string;
  /** The numeric user id; undefined on Windows. */
  readonly uid: number | undefined;
  /** True when the path is a file that this user may run. */
  isExecutable(path: string): boolean;
}

/** The machine that the program runs on. */
export function thisMachine(): Surroundings {
  return {
    platform: process.platform,
    arch: process.arch,
    env: process.env,
    home: homedir(),
    uid: process.getuid?.(),
    isExecutable,
  };
}

export { OVERRIDE_VARIABLE };

/**
 * The browser that the user insists on, by flag or else by environment variable; undefined when there is no such wish.
 * It is not checked.
 *
 * @throws Failure `browser-mangler` when it is an address that can't be read
 */
export function overrideCandidate(flag: string | undefined, outside: Surroundings): Candidate | undefined {
  const wish = flag || outside.env[OVERRIDE_VARIABLE];
  if (!wish) return undefined;
  if (isAddress(wish)) {
    return { kind: "remote", name: "Den fjerne browser", executablePath: undefined, address: parseAddress(wish) };
  }
  // A bare name would be searched for in PATH when started, but here in the current folder: an absolute path is neither.
  return { kind: "override", name: "Den valgte browser", executablePath: pathsOf(outside).resolve(wish) };
}

/**
 * The browsers to try, best first. A browser that the user insists on is the only one: falling back from it to another
 * would print with something the user did not choose.
 *
 * @throws Failure `browser-mangler` when the browser that the user insists on is not a program.
 */
export function findBrowsers(flag: string | undefined, outside: Surroundings): Candidate[] {
  const override = overrideCandidate(flag, outside);
  if (override === undefined) return [...installedBrowsers(outside), ...bundledBrowser(outside)];
  if (override.kind !== "remote" && !outside.isExecutable(override.executablePath ?? "")) {
    throw new Failure("environment", "browser-mangler", `Browseren »${override.executablePath}« kan ikke bruges.`, {
      hint:
        `Stien skal pege på en programfil, som findes, og som du må køre (på macOS filen inde i .app-mappen). ` +
        `Ret tilvalget eller miljøvariablen ${OVERRIDE_VARIABLE}, eller udelad det, så findes en browser automatisk.`,
    });
  }
  return [override];
}

/** At most one of each make: a second copy of the same browser fails for the same reason as the first. */
function installedBrowsers(outside: Surroundings): Candidate[] {
  return products.flatMap((product) => {
    const executablePath = placesOf(product, outside).find((path) => outside.isExecutable(path));
    return executablePath === undefined ? [] : [{ kind: product.kind, name: product.name, executablePath }];
  });
}

function bundledBrowser(outside: Surroundings): Candidate[] {
  // The npm package holds a build for this one system; elsewhere it is dead weight.
  if (outside.platform !== "linux" || outside.arch !== "x64") return [];
  return [{ kind: "bundled", name: "Den medfølgende Chromium", executablePath: undefined }];
}

interface Product {
  readonly kind: BrowserKind;
  readonly name: string;
  /** Below Program Files or LOCALAPPDATA. */
  readonly windows?: string;
  /** Below /Applications. */
  readonly mac?: string;
  /** Commands, looked for in PATH. */
  readonly commands: readonly string[];
  /** Where the maker's own Linux package puts it, for a PATH without a link to it. */
  readonly linux?: string;
}

/** Headless shells first: they start in half the time of a full browser and need half the memory. */
const products: readonly Product[] = [
  {
    kind: "headless-shell",
    name: "Chromium headless shell",
    commands: ["chromium-headless-shell", "chrome-headless-shell"],
  },
  {
    kind: "chrome",
    name: "Google Chrome",
    windows: "Google\\Chrome\\Application\\chrome.exe",
    mac: "Google Chrome.app/Contents/MacOS/Google Chrome",
    commands: ["google-chrome-stable", "google-chrome"],
    linux: "/opt/google/chrome/chrome",
  },
  {
    kind: "chromium",
    name: "Chromium",
    windows: "Chromium\\Application\\chrome.exe",
    mac: "Chromium.app/Contents/MacOS/Chromium",
    commands: ["chromium", "chromium-browser"],
  },
  {
    kind: "edge",
    name: "Microsoft Edge",
    windows: "Microsoft\\Edge\\Application\\msedge.exe",
    mac: "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    commands: ["microsoft-edge-stable", "microsoft-edge"],
    linux: "/opt/microsoft/msedge/msedge",
  },
];

/** Every place where a product might be, most likely first. */
function placesOf(product: Product, outside: Surroundings): string[] {
  const paths = pathsOf(outside);
  const below = (folders: readonly (string | undefined)[], file: string | undefined) =>
    file === undefined ? [] : folders.filter((folder) => !!folder).map((folder) => paths.join(folder ?? "", file));
  if (outside.platform === "win32") {
    const { env } = outside;
    // ProgramW6432 is what a 32-bit Node must ask for to be told of the 64-bit folder.
    const folders = [env.ProgramFiles, env.ProgramW6432, env["ProgramFiles(x86)"], env.LOCALAPPDATA];
    return below(folders, product.windows);
  }
  if (outside.platform === "darwin") {
    return below(["/Applications", paths.join(outside.home, "Applications")], product.mac);
  }
  const found = product.commands.flatMap((command) => below(searchPath(outside), command));
  return [...found.filter((path) => !isSnapStub(path, outside)), ...(product.linux ? [product.linux] : [])];
}

/**
 * The absolute folders of PATH, without snap's: a browser in a snap has a /tmp of its own and may not read hidden
 * folders, so it can share neither a profile nor a font with us.
 */
function searchPath(outside: Surroundings): string[] {
  const folders = (outside.env.PATH ?? "").split(":").filter((folder) => folder.startsWith("/"));
  return folders.filter((folder) => !`${folder}/`.startsWith("/snap/") && !`${folder}/`.includes("/snapd/"));
}

/** Ubuntu's `chromium-browser` is a script that starts the snap. */
function isSnapStub(path: string, outside: Surroundings): boolean {
  return posix.basename(path) === "chromium-browser" && outside.isExecutable("/snap/bin/chromium");
}

function pathsOf(outside: Surroundings): typeof posix {
  return outside.platform === "win32" ? win32 : posix;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

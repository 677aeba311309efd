import { createReadStream, createWriteStream, readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { brotliDecompress, createBrotliDecompress } from "node:zlib";
import { Failure, throwIfInterrupted } from "../core/failure.ts";
import { cacheFailure, makeOwnFolder, requireOwnFolder } from "./user-cache.ts";

const PACKAGE = "@sparticuz/chromium";

/** Written last into an unpacked folder: every file's size. A folder that disagrees with it is not used. */
const LIST = "files.json";

/** An unpack takes seconds; a part that has lain for an hour belongs to one that was killed. */
const ABANDONED_AFTER_MS = 3_600_000;

/** The npm package that holds the browser in compressed form. */
export interface BundledPackage {
  readonly version: string;
  /** The folder with `chromium.br`, `al2023.tar.br` and `fonts.tar.br`. */
  readonly binFolder: string;
}

/** The unpacked browser, and what must be in its environment for it to use its own libraries and fonts only. */
export interface UnpackedBrowser {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What unpacking needs besides the package. */
export interface UnpackOptions {
  /** The cache folder to unpack below; made when missing. */
  readonly cache: string;
  /** The user who must own it; undefined on Windows. */
  readonly uid: number | undefined;
  readonly signal: AbortSignal;
  /** Called once, before the wait, when there is something to unpack. */
  onProgress(message: string): void;
}

/**
 * Finds the npm package from where this code lies, bundled or not.
 *
 * @throws Failure `browser-mangler` when it is not installed.
 */
export function findBundledPackage(): BundledPackage {
  try {
    // Only the place is asked for: the package's own code, which unpacks into the shared /tmp, is never loaded.
    let folder = dirname(createRequire(import.meta.url).resolve(PACKAGE));
    for (; dirname(folder) !== folder; folder = dirname(folder)) {
      const facts = packageFacts(folder);
      if (facts?.name === PACKAGE) return { version: facts.version, binFolder: join(folder, "bin") };
    }
  } catch {
    // Falls through: not being resolved and having no description are the same to the user.
  }
  throw new Failure("environment", "browser-mangler", `Pakken ${PACKAGE} er ikke installeret.`, {
    hint: "Kør »npm ci« i programmets mappe.",
  });
}

function packageFacts(folder: string): { name: string; version: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * Unpacks the browser into the cache unless it is there already (about 3 s and 200 MB, once for each version).
 *
 * The folder comes into being by renaming a finished one, so it is whole or absent, also when two processes unpack at the
 * same time or one is killed.
 *
 * @throws Failure `cache-usikker` when others could plant a program, `cache-skrivning` when there is no room or right.
 */
export async function unpackBundled(bundle: BundledPackage, options: UnpackOptions): Promise<UnpackedBrowser> {
  await makeOwnFolder(options.cache, options.uid);
  const folder = join(options.cache, `chromium-${bundle.version}`);
  if (!(await isWhole(folder, options.uid))) {
    options.onProgress("Udpakker den medfølgende Chromium (kun første gang) …");
    try {
      await removeAbandonedParts(options.cache);
      await unpackBeside(folder, bundle, options);
    } catch (cause) {
      throwIfInterrupted(options.signal);
      throw cause instanceof Failure ? cause : cacheFailure(folder, cause);
    }
  }
  return { executablePath: join(folder, "chromium"), env: environmentFor(folder) };
}

async function unpackBeside(folder: string, bundle: BundledPackage, options: UnpackOptions): Promise<void> {
  // `mkdtemp` gives the folder mode 0700.
  const part = await mkdtemp(`${folder}.part-`);
  try {
    await unpackInto(part, folder, bundle.binFolder, options.signal);
    await moveIntoPlace(part, folder, options.uid);
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

/** Fills a part; `folder` is the name that it will get. */
async function unpackInto(part: string, folder: string, binFolder: string, signal: AbortSignal): Promise<void> {
  // The NSS libraries, which a slim server lacks. They need glibc 2.34 (2021), the browser itself 2.25.
  await unpackTar(join(binFolder, "al2023.tar.br"), part);
  await unpackTar(join(binFolder, "fonts.tar.br"), part);
  await pipeline(
    createReadStream(join(binFolder, "chromium.br"), { highWaterMark: 1 << 22 }),
    createBrotliDecompress({ chunkSize: 1 << 21 }),
    // Flushed, so that a power cut can't leave the finished folder behind without its content.
    createWriteStream(join(part, "chromium"), { mode: 0o700, flush: true }),
    { signal },
  );
  await writeFile(join(part, "fonts.conf"), fontsConf(folder), { flush: true });
  const sizes: Record<string, number> = {};
  for (const file of await readdir(part, { recursive: true })) {
    const facts = await stat(join(part, file));
    if (facts.isFile()) sizes[file] = facts.size;
  }
  await writeFile(join(part, LIST), JSON.stringify(sizes, undefined, 1), { flush: true });
}

async function unpackTar(archive: string, folder: string): Promise<void> {
  const { extract } = await import("tar");
  const content = await promisify(brotliDecompress)(await readFile(archive));
  // As root `tar` would hand the libraries to whichever user ids the archive names.
  const unpack = extract({ cwd: folder, sync: true, strict: true, preserveOwner: false });
  unpack.end(content);
}

/** Renames a finished part to its name, unless another process has just done so with its own. */
async function moveIntoPlace(part: string, folder: string, uid: number | undefined): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(part, folder);
    } catch (cause) {
      if (await isWhole(folder, uid)) return;
      if (attempt === 3) throw cause;
      // Something damaged is in the way. It is renamed before it is removed, so that nobody meets it half removed.
      const damaged = await mkdtemp(`${folder}.part-`);
      await rename(folder, join(damaged, "damaged")).catch(() => undefined);
      await rm(damaged, { recursive: true, force: true });
    }
  }
}

async function isWhole(folder: string, uid: number | undefined): Promise<boolean> {
  try {
    await requireOwnFolder(folder, uid);
    const sizes: Record<string, number> = JSON.parse(await readFile(join(folder, LIST), "utf8"));
    const right = await Promise.all(
      Object.entries(sizes).map(async ([file, size]) => (await stat(join(folder, file))).size === size),
    );
    return right.every(Boolean);
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    return false;
  }
}

async function removeAbandonedParts(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!/^chromium-.*\.part-/.test(name)) continue;
    const path = join(cache, name);
    // By age, not by process id: the cache may be shared by containers or machines that count processes differently.
    const made = await stat(path).then(
      (facts) => facts.mtimeMs,
      () => Date.now(),
    );
    if (Date.now() - made > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true });
  }
}

function environmentFor(folder: string): Record<string, string> {
  return {
    LD_LIBRARY_PATH: join(folder, "lib"),
    FONTCONFIG_PATH: folder,
    FONTCONFIG_FILE: join(folder, "fonts.conf"),
  };
}

/** Fonts from the unpacked folder alone; the archive's own file names the folders of a cloud service. */
function fontsConf(folder: string): string {
  const path = folder.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${path}/fonts</dir>
  <cachedir>${path}/fonts-cache</cachedir>
</fontconfig>
`;
}

import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { create } from "tar";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Failure } from "../../../src/core/failure.ts";
import { type BundledPackage, findBundledPackage, unpackBundled } from "../../../src/print/bundled-browser.ts";
import { type Surroundings, thisMachine } from "../../../src/print/find-browser.ts";
import { userCacheFolder } from "../../../src/print/user-cache.ts";

let base: string;
/** A package with the real one's file names and next to nothing in them. */
let small: BundledPackage;
let cache: string;
const progress: string[] = [];

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "resultatplan-test-"));
  const binFolder = join(base, "bin");
  const content = join(base, "content");
  await mkdir(join(content, "lib"), { recursive: true });
  await mkdir(join(content, "fonts/Open_Sans"), { recursive: true });
  await mkdir(binFolder);
  await writeFile(join(content, "lib/libnss3.so"), "a library");
  await writeFile(join(content, "fonts/Open_Sans/OpenSans-Regular.ttf"), "a font");
  await writeFile(join(content, "fonts.conf"), "<dir>/var/task/fonts</dir>");
  await writeFile(join(binFolder, "chromium.br"), brotliCompressSync(Buffer.alloc(3_000_000, "program")));
  for (const [archive, names] of [
    ["al2023", ["lib"]],
    ["fonts", ["fonts.conf", "fonts"]],
  ] as const) {
    await create({ cwd: content, file: join(base, "one.tar") }, [...names]);
    await writeFile(join(binFolder, `${archive}.tar.br`), brotliCompressSync(await readFile(join(base, "one.tar"))));
  }
  small = { version: "1.2.3", binFolder };
});

beforeEach(async () => {
  cache = join(await mkdtemp(join(base, "cache-")), "resultatplan");
  progress.length = 0;
});

afterAll(async () => await rm(base, { recursive: true, force: true }));

function unpack(more: { uid?: number; signal?: AbortSignal; bundle?: BundledPackage } = {}) {
  return unpackBundled(more.bundle ?? small, {
    cache,
    uid: more.uid ?? process.getuid?.(),
    signal: more.signal ?? new AbortController().signal,
    onProgress: (message) => progress.push(message),
  });
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const thrown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(thrown).toBeInstanceOf(Failure);
  return thrown as Failure;
}

describe.skipIf(process.platform === "win32")("unpacking the bundled browser", () => {
  test("gives a private folder with program, libraries and fonts, and an environment that uses only those", async () => {
    const { executablePath, env } = await unpack();
    const folder = join(cache, "chromium-1.2.3");
    expect(executablePath).toBe(join(folder, "chromium"));
    expect(env).toEqual({
      LD_LIBRARY_PATH: join(folder, "lib"),
      FONTCONFIG_PATH: folder,
      FONTCONFIG_FILE: join(folder, "fonts.conf"),
    });
    expect((await stat(executablePath)).size).toBe(3_000_000);
    for (const path of [cache, folder, executablePath]) expect((await stat(path)).mode & 0o777).toBe(0o700);
    expect(await readFile(join(folder, "lib/libnss3.so"), "utf8")).toBe("a library");
    const conf = await readFile(join(folder, "fonts.conf"), "utf8");
    expect(conf.match(/<dir>.*<\/dir>/g)).toEqual([`<dir>${folder}/fonts</dir>`]);
    expect(progress).toEqual(["Udpakker den medfølgende Chromium (kun første gang) …"]);
  });

  test("happens once", async () => {
    const first = await unpack();
    const made = (await stat(first.executablePath)).mtimeMs;
    expect(await unpack()).toEqual(first);
    expect((await stat(first.executablePath)).mtimeMs).toBe(made);
    expect(progress).toHaveLength(1);
  });

  test("several at the same time all end well, and leave one folder", async () => {
    const working = [unpack(), unpack(), unpack(), unpack()];
    // The first to be done is used at once: those who come later must not put theirs in its place.
    const used = await stat((await Promise.race(working)).executablePath);
    await Promise.all(working);
    expect((await stat(join(cache, "chromium-1.2.3/chromium"))).ino).toBe(used.ino);
    expect(await readdir(cache)).toEqual(["chromium-1.2.3"]);
    expect((await stat(join(cache, "chromium-1.2.3/chromium"))).size).toBe(3_000_000);
  });

  test.each([
    ["a file that was cut short", async (folder: string) => await truncate(join(folder, "chromium"), 1000)],
    ["a library that is gone", async (folder: string) => await rm(join(folder, "lib/libnss3.so"))],
    ["a folder without its list", async (folder: string) => await rm(join(folder, "files.json"))],
  ])("%s: is unpacked again", async (_, damage) => {
    await unpack();
    const folder = join(cache, "chromium-1.2.3");
    await damage(folder);
    const all = await Promise.all([unpack(), unpack()]);
    expect(all[0]?.executablePath).toBe(join(folder, "chromium"));
    expect((await stat(join(folder, "chromium"))).size).toBe(3_000_000);
    expect(await readFile(join(folder, "lib/libnss3.so"), "utf8")).toBe("a library");
    expect(await readdir(cache)).toEqual(["chromium-1.2.3"]);
  });

  test("what a killed unpack left is removed after an hour; what another is unpacking now is left alone", async () => {
    await mkdir(join(cache, "chromium-1.2.3.part-old"), { recursive: true, mode: 0o700 });
    await writeFile(join(cache, "chromium-1.2.3.part-old/chromium"), "half");
    const twoHoursAgo = new Date(Date.now() - 2 * 3_600_000);
    await utimes(join(cache, "chromium-1.2.3.part-old"), twoHoursAgo, twoHoursAgo);
    await mkdir(join(cache, "chromium-1.2.3.part-new"));
    await unpack();
    expect((await readdir(cache)).sort()).toEqual(["chromium-1.2.3", "chromium-1.2.3.part-new"]);
  });

  test("an interrupted one leaves nothing behind", async () => {
    const breaker = new AbortController();
    const work = unpack({ signal: breaker.signal, bundle: findBundledPackage() });
    setTimeout(() => breaker.abort(), 300);
    expect(await failureOf(work)).toMatchObject({ exit: "interrupted", code: "afbrudt" });
    expect(await readdir(cache)).toEqual([]);
  });
});

describe.skipIf(process.platform === "win32")("a cache that others could plant a program in is refused", () => {
  test.each<[string, (cache: string) => Promise<unknown>, string]>([
    ["open to all", (path) => mkdir(path).then(() => chmod(path, 0o777)), "kan ændres af andre brugere"],
    ["open to the group", (path) => mkdir(path).then(() => chmod(path, 0o770)), "kan ændres af andre brugere"],
    ["a link to somewhere else", (path) => symlink(base, path), "er ikke en almindelig mappe"],
    [
      "an unpacked folder that is open to all",
      async (path) => {
        await mkdir(join(path, "chromium-1.2.3"), { recursive: true, mode: 0o700 });
        await chmod(join(path, "chromium-1.2.3"), 0o777);
      },
      "kan ændres af andre brugere",
    ],
  ])("%s", async (_, prepare, why) => {
    await prepare(cache);
    const failure = await failureOf(unpack());
    expect(failure).toMatchObject({ exit: "environment", code: "cache-usikker" });
    expect(failure.message).toContain(why);
    expect(failure.hint).toContain("XDG_CACHE_HOME");
  });

  test("somebody else's", async () => {
    const failure = await failureOf(unpack({ uid: (process.getuid?.() ?? 0) + 1 }));
    expect(failure.code).toBe("cache-usikker");
    expect(failure.message).toContain("tilhører en anden bruger");
  });

  test("a place where no folder can be made is told as such", async () => {
    cache = join(small.binFolder, "chromium.br", "resultatplan");
    const failure = await failureOf(unpack());
    expect(failure).toMatchObject({ exit: "environment", code: "cache-skrivning" });
    expect(failure.message).toContain(`Der kan ikke skrives i mappen »${cache}«`);
  });
});

test("the package is found with its archives", async () => {
  const { version, binFolder } = findBundledPackage();
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(await readdir(binFolder)).toEqual(expect.arrayContaining(["al2023.tar.br", "chromium.br", "fonts.tar.br"]));
});

test.each<[string, Partial<Surroundings>, string]>([
  ["Linux", { platform: "linux", home: "/home/ane", env: {} }, "/home/ane/.cache/resultatplan"],
  ["Linux with XDG", { platform: "linux", env: { XDG_CACHE_HOME: "/lager" } }, "/lager/resultatplan"],
  [
    "Linux, a relative XDG path is ignored",
    { platform: "linux", home: "/home/ane", env: { XDG_CACHE_HOME: "lager" } },
    "/home/ane/.cache/resultatplan",
  ],
  ["macOS", { platform: "darwin", home: "/Users/ane", env: {} }, "/Users/ane/Library/Caches/resultatplan"],
  ["Windows", { platform: "win32", env: { LOCALAPPDATA: "C:\\Local" } }, "C:\\Local\\resultatplan"],
])("the cache folder: %s", (_, outside, expected) => {
  expect(userCacheFolder({ ...thisMachine(), ...outside })).toBe(expected);
});

import { lstat, mkdir } from "node:fs/promises";
import { dirname, posix, win32 } from "node:path";
import { Failure } from "../core/failure.ts";
import type { Surroundings } from "./find-browser.ts";

/** Everybody but the owner: the write bits of group and others. */
const OTHERS_MAY_WRITE = 0o022;

/** The folder where this user's rebuildable files are kept; it need not exist. */
export function userCacheFolder(outside: Surroundings): string {
  const { env, home, platform } = outside;
  if (platform === "win32") {
    return win32.join(env.LOCALAPPDATA ?? win32.join(home, "AppData", "Local"), "resultatplan");
  }
  if (platform === "darwin") return posix.join(home, "Library", "Caches", "resultatplan");
  // The XDG specification says that a relative path is to be ignored.
  const wish = env.XDG_CACHE_HOME;
  return posix.join(wish?.startsWith("/") ? wish : posix.join(home, ".cache"), "resultatplan");
}

/**
 * Makes the folder unless it is there, and makes sure that nobody else can put a file into it, or another folder in its
 * place: programs will be run from it.
 *
 * @throws Failure `cache-usikker` when somebody else could, `cache-skrivning` when the folder can't be made.
 */
export async function makeOwnFolder(path: string, uid: number | undefined): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await mkdir(path, { mode: 0o700 }).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== "EEXIST") throw cause;
    });
  } catch (cause) {
    throw cacheFailure(path, cause);
  }
  // Whoever owns the folder above can move ours away; that is how `sudo` with the user's HOME would go wrong.
  if (uid !== undefined && ![uid, 0].includes((await lstat(dirname(path))).uid)) {
    throw insecure(dirname(path), "tilhører en anden bruger");
  }
  await requireOwnFolder(path, uid);
}

/**
 * Makes sure that a folder is this user's own and closed to others' writing.
 *
 * @throws Failure `cache-usikker` when it is not.
 */
export async function requireOwnFolder(path: string, uid: number | undefined): Promise<void> {
  const facts = await lstat(path);
  // Not `stat`: a link would be judged by what it points at today.
  if (!facts.isDirectory()) throw insecure(path, "er ikke en almindelig mappe");
  // Windows has no such bits; LOCALAPPDATA is closed to others by its access list.
  if (uid === undefined) return;
  if (facts.uid !== uid) throw insecure(path, "tilhører en anden bruger");
  if ((facts.mode & OTHERS_MAY_WRITE) !== 0) throw insecure(path, "kan ændres af andre brugere");
}

/** What went wrong with writing to the cache, in words that help. */
export function cacheFailure(path: string, cause: unknown): Failure {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  const hint = "Du kan vælge en anden mappe med miljøvariablen XDG_CACHE_HOME.";
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new Failure(
      "environment",
      "cache-skrivning",
      `Der er ikke plads til den medfølgende Chromium i »${path}«.`,
      {
        hint: `Den fylder omkring 200 MB. ${hint}`,
        cause,
      },
    );
  }
  const reason = code ?? (cause instanceof Error ? cause.message : String(cause));
  return new Failure("environment", "cache-skrivning", `Der kan ikke skrives i mappen »${path}« (${reason}).`, {
    hint,
    cause,
  });
}

function insecure(path: string, why: string): Failure {
  return new Failure(
    "environment",
    "cache-usikker",
    `Mappen »${path}« er ikke sikker at køre programmer fra: den ${why}.`,
    {
      hint:
        "Ret mappens ejer og rettigheder (chmod go-w), slet den, så den laves på ny, " +
        "eller vælg en anden mappe med miljøvariablen XDG_CACHE_HOME.",
    },
  );
}

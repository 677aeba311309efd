import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { TestAuthority } from "./authority.ts";
import { hasProgram } from "./judges.ts";

const run = promisify(execFile);

/** Where Debian has SoftHSM's PKCS#11 module. */
const MODULE = "/usr/lib/softhsm/libsofthsm2.so";

/** Why PKCS#11 cannot be tried here; undefined when it can. */
export const pkcs11Missing = await whatIsMissing();

async function whatIsMissing(): Promise<string | undefined> {
  if (!existsSync(MODULE) || !(await hasProgram("softhsm2-util"))) return "SoftHSM (softhsm2) is not installed";
  // An optional dependency, compiled where it is installed.
  return await import("pkcs11js").then(
    () => undefined,
    () => "pkcs11js is not installed",
  );
}

/** A token of SoftHSM. */
export interface SoftHsm {
  readonly module: string;
  readonly pin: string;
  /** What SOFTHSM2_CONF is to say. */
  readonly configuration: string;
}

/** Makes a token in a folder, with keys of the test authority under their names. */
export async function softHsm(folder: string, authority: TestAuthority, names: readonly string[]): Promise<SoftHsm> {
  const configuration = join(folder, "softhsm.conf");
  const pin = "934711";
  await mkdir(join(folder, "tokens"), { recursive: true });
  await writeFile(configuration, `directories.tokendir = ${join(folder, "tokens")}\n`);
  const util = (...args: readonly string[]) =>
    run("softhsm2-util", [...args], { env: { ...process.env, SOFTHSM2_CONF: configuration } });
  await util("--init-token", "--free", "--label", "Prøven", "--pin", pin, "--so-pin", "1234567");
  for (const [index, name] of names.entries()) {
    await authority.openssl("pkcs8", "-topk8", "-nocrypt", "-in", `${name}.key`, "-out", `${name}.p8`);
    const key = ["--import", authority.path(`${name}.p8`), "--label", name, "--id", `0${index + 1}`];
    await util(...key, "--token", "Prøven", "--pin", pin);
  }
  return { module: MODULE, pin, configuration };
}

import { type ExitCode, Failure, throwIfInterrupted } from "../core/failure.ts";
import { readBytes, writeAtomically } from "../core/files.ts";
import { sha256 } from "../core/identity.ts";
import { isSealField, placeOfField } from "../pdf/paper-fields.ts";
import { refuseLoss } from "../pipeline/named-output.ts";
import { holderFit } from "../pipeline/package/certificate.ts";
import { knownPlans, type PlanFile, workspaceAt } from "../pipeline/workspace.ts";
import type { SigningTools } from "../sign/archive.ts";
import { externalKey } from "../sign/keys/external-command.ts";
import { openPkcs12 } from "../sign/keys/pkcs12.ts";
import type { PublicKey, SigningKey } from "../sign/keys/signing-key.ts";
import { schemeFor } from "../sign/keys/strength.ts";
import { type Level, levels } from "../sign/level.ts";
import { PdfFile } from "../sign/pdf/pdf-file.ts";
import { fieldOf } from "../sign/pdf/signature-field.ts";
import { pendingFromJson, pendingToJson } from "../sign/pending-file.ts";
import { type Certificate, certificatesIn } from "../sign/pki/certificate.ts";
import { realNetwork } from "../sign/pki/network.ts";
import { checkStanding, complete, prepare, renewArchive, type SigningRequest, signPdf } from "../sign/sign.ts";
import { inspectFile } from "../verify/inspect/inspect.ts";
import { readCertificate } from "../verify/x509/certificate.ts";
import { holderOf } from "../verify/x509/holder.ts";
import type { Console } from "./console.ts";
import { askPassphrase } from "./passphrase.ts";

/** What `resultatplan sign` was asked for. */
export interface SignCommand {
  readonly pdf: string;
  readonly signer: string | undefined;
  readonly level: string | undefined;
  readonly tsa: string | undefined;
  readonly p12: string | undefined;
  readonly passphraseFile: string | undefined;
  readonly command: string | undefined;
  /** The PKCS#11 module of a smart card, and the label of the key there. */
  readonly pkcs11: string | undefined;
  readonly keyLabel: string | undefined;
  readonly certificate: string | undefined;
  readonly authorities: readonly string[];
  readonly pss: boolean;
  /** Whether a certificate of another name than the signatory's will do. */
  readonly otherName?: boolean;
  readonly place: string | undefined;
  readonly reason: string | undefined;
  readonly prepare: string | undefined;
  readonly embed: string | undefined;
  readonly signature: string | undefined;
  /** Only a new archive time stamp is wanted. */
  readonly renew?: boolean;
  readonly json: boolean;
}

/** Signs a PDF in its place: it is either as it was, or has one more signature. */
export async function sign(command: SignCommand, console: Console, signal: AbortSignal): Promise<ExitCode> {
  const pdf = await needed(command.pdf);
  const tools: SigningTools = { network: realNetwork(signal), now: () => new Date() };
  if (command.embed !== undefined) {
    const signature = await needed(option(command.signature, "--signature <fil>"));
    const { pending, key, request } = pendingFromJson(pdf, Buffer.from(await needed(command.embed)).toString("utf8"));
    const signed = await complete(pdf, pending, key, signature, request, tools);
    return replace(command, request, pdf, signed, console, signal);
  }
  if (command.renew) return renew(command, pdf, tools, console, signal);
  const request = await requestOf(command);
  if (command.prepare !== undefined) {
    const inputs = [command.pdf, ...(command.certificate === undefined ? [] : [command.certificate])];
    await refuseLoss([command.prepare], [...inputs, ...command.authorities]);
    const key = await publicKey(command);
    refuseOther(pdf, key, command, request);
    const pending = prepare(pdf, key, request, tools.now());
    await checkStanding(key, request, tools);
    await writeAtomically(command.prepare, Buffer.from(pendingToJson(pdf, { pending, key, request })));
    console.out(`${command.prepare} rummer det, der skal skrives under på; ${command.pdf} er ikke ændret.`);
    return "done";
  }
  const signed = await withKey(command, signal, (key) => {
    refuseOther(pdf, key, command, request);
    return signPdf(pdf, key, request, tools);
  });
  return replace(command, request, pdf, signed, console, signal);
}

/**
 * A certificate of another name than the one beside the field is most often somebody else's key, taken by mistake. Names are
 * compared as `lock` and `--collect` compare them.
 *
 * @throws Failure `certifikat-andet-navn`
 */
function refuseOther(
  pdf: Uint8Array,
  { certificate }: PublicKey,
  { otherName }: SignCommand,
  { signer }: SigningRequest,
): void {
  if (otherName) return;
  const { name, signatory } = fieldOf(new PdfFile(pdf), signer);
  // The fields of other programs say what is to be signed there, not who signs.
  if (placeOfField(name) === 0) return;
  const holder = holderOf(readCertificate(certificate.bytes));
  const place = isSealField(name) ? { name: signatory, seal: true as const } : { name: signatory };
  if (holderFit(place, holder).kind !== "other") return;
  throw new Failure(
    "signature",
    "certifikat-andet-navn",
    `Feltet er til ${signatory}, men certifikatet lyder på »${holder.name}«.`,
    {
      hint: "Brug den rigtige nøgle. Er det den, og har certifikatet blot navnet i en anden form, så tilføj »--other-name«.",
    },
  );
}

async function renew(
  command: SignCommand,
  pdf: Uint8Array,
  tools: SigningTools,
  console: Console,
  signal: AbortSignal,
): Promise<ExitCode> {
  const tsa = option(command.tsa, "--tsa <adresse>");
  const renewed = await renewArchive(pdf, { tsa, authorities: await certificates(command.authorities) }, tools);
  await exchange(command.pdf, pdf, renewed, signal);
  const { pdf: path, json } = command;
  if (json)
    console.out(JSON.stringify({ version: 1, exitCode: 0, path, renewed: true, bytes: renewed.length }, null, 2));
  else console.out(`✓ ${path} har fået et nyt arkivtidsstempel.`);
  return "done";
}

async function replace(
  { pdf: path, json }: SignCommand,
  { signer, level }: SigningRequest,
  before: Uint8Array,
  after: Uint8Array,
  console: Console,
  signal: AbortSignal,
): Promise<ExitCode> {
  await exchange(path, before, after, signal);
  if (json) console.out(JSON.stringify({ version: 1, exitCode: 0, path, signer, level, bytes: after.length }, null, 2));
  else {
    console.out(`✓ ${path} er underskrevet af ${signer} (PAdES ${level}).`);
    const plan = await planBehind(after);
    if (plan) console.out(`  Lås planen, som den er underskrevet: npx resultatplan lock ${plan.id} ${path}`);
  }
  return "done";
}

/** Writes the new file. Nobody may have changed the old one meanwhile: what they did would be lost. */
async function exchange(path: string, before: Uint8Array, after: Uint8Array, signal: AbortSignal): Promise<void> {
  throwIfInterrupted(signal);
  if (Buffer.compare(await needed(path), before) !== 0) {
    throw new Failure("signature", "pdf-ændret", `${path} blev ændret imens.`, {
      hint: "Skriv under igen, hvis det stadig er det rigtige dokument.",
    });
  }
  await writeAtomically(path, after);
}

/** The plan in the folder one stands in that a signed document was made from, as it is now. */
async function planBehind(pdf: Uint8Array): Promise<PlanFile | undefined> {
  const facts = inspectFile(pdf);
  if ("unreadable" in facts || !facts.source?.fits) return undefined;
  const attached = facts.attachments.find(({ name }) => name === "plan.md")?.sha256;
  for (const plan of await knownPlans(workspaceAt("."))) {
    const bytes = await readBytes(plan.path);
    if (bytes && sha256(bytes) === attached) return plan;
  }
  return undefined;
}

async function requestOf(command: SignCommand): Promise<SigningRequest> {
  const level = command.level ?? (command.tsa === undefined ? "B-B" : "B-LTA");
  if (!isLevel(level)) {
    throw new Failure("usage", "brug", `Niveauet »${level}« findes ikke.`, { hint: `Det er ${levels.join(", ")}.` });
  }
  const signer = option(command.signer, "--signer <navn>");
  const { tsa, place, reason } = command;
  return { signer, level, tsa, place, reason, authorities: await certificates(command.authorities) };
}

function isLevel(text: string): text is Level {
  return levels.some((level) => level === text);
}

/** Works with the key, and closes it whatever happens. */
async function withKey<T>(
  command: SignCommand,
  signal: AbortSignal,
  work: (key: SigningKey) => Promise<T>,
): Promise<T> {
  if (command.pkcs11 === undefined) return work(await keyOf(command, signal));
  const { openToken } = await import("../sign/keys/pkcs11.ts");
  const given = await certificates(command.certificate === undefined ? [] : [command.certificate]);
  const pin = await askPassphrase(command.passphraseFile, "kortet", signal);
  const key = await openToken({ module: command.pkcs11, label: command.keyLabel }, pin, given, command.pss);
  try {
    return await work(key);
  } finally {
    key.close();
  }
}

async function keyOf(command: SignCommand, signal: AbortSignal): Promise<SigningKey> {
  if (command.command !== undefined) {
    const { certificate, chain } = await publicKey(command);
    const words = [...command.command.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? "");
    return externalKey(words, certificate, chain, command.pss, signal);
  }
  const path = option(command.p12, "--p12 <fil>, --pkcs11 <modul> eller --command <program>");
  const bytes = await needed(path);
  return openPkcs12(bytes, await askPassphrase(command.passphraseFile, path, signal), command.pss);
}

async function publicKey(command: SignCommand): Promise<PublicKey> {
  const path = option(command.certificate, "--certificate <fil>");
  const [certificate, ...chain] = await certificates([path]);
  if (!certificate) throw notCertificates(path);
  return { certificate, chain, ...schemeFor(certificate, command.pss) };
}

async function certificates(paths: readonly string[]): Promise<Certificate[]> {
  const found: Certificate[] = [];
  for (const path of paths) {
    const bytes = await needed(path);
    try {
      found.push(...certificatesIn(bytes));
    } catch {
      throw notCertificates(path);
    }
  }
  return found;
}

function notCertificates(path: string): Failure {
  return new Failure("signature", "certifikat-ulæseligt", `${path} rummer intet certifikat.`, {
    hint: "Filen skal være et certifikat som PEM eller DER (.pem, .crt, .cer).",
  });
}

async function needed(path: string): Promise<Uint8Array> {
  const bytes = await readBytes(path);
  if (bytes) return bytes;
  throw new Failure("environment", "fil-mangler", `${path} findes ikke.`, { hint: "Se efter, at navnet er rigtigt." });
}

function option(value: string | undefined, name: string): string {
  if (value !== undefined) return value;
  throw new Failure("usage", "brug", `Her mangler ${name}.`, { hint: "Se »resultatplan sign --help«." });
}

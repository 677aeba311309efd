import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The pass phrase of every .p12 here; tests look for it where it must not be. */
export const PASSPHRASE = "Rødgrød-med-fløde-4711";

/** A person or service with a certificate. */
export interface Subject {
  readonly name: string;
  /** The whole distinguished name, as openssl takes it, where it is more than country, organisation and name. */
  readonly distinguished?: string;
  readonly key: readonly string[];
  readonly extensions: string;
  readonly days?: readonly [from: string, to: string];
}

/** Whom an authority is called, and for whom it issues. */
export interface Setting {
  /** The distinguished name of the intermediate that issues. */
  readonly issuer: string;
  readonly subjects: Readonly<Record<string, Subject>>;
}

/** openssl's options for a key. */
export const RSA = (bits: number) => ["-algorithm", "RSA", "-pkeyopt", `rsa_keygen_bits:${bits}`];
/** openssl's options for a key on a curve. */
export const EC = (curve: string) => ["-algorithm", "EC", "-pkeyopt", `ec_paramgen_curve:${curve}`];
/** What a signatory's certificate says. */
export const signer = "keyUsage=critical,nonRepudiation,digitalSignature\nbasicConstraints=CA:FALSE";

const subjects: Readonly<Record<string, Subject>> = {
  anna: { name: "Anna Æbelø", key: RSA(2048), extensions: signer },
  bo: { name: "Bo Østergård", key: RSA(3072), extensions: signer },
  clara: { name: "Clara Ågård", key: EC("P-256"), extensions: signer },
  dorte: { name: "Dorte P-384", key: EC("P-384"), extensions: signer },
  revoked: { name: "Erik Spærret", key: EC("P-256"), extensions: signer },
  expired: {
    name: "Frida Udløbet",
    key: EC("P-256"),
    extensions: signer,
    days: ["20200101000000Z", "20210101000000Z"],
  },
  future: { name: "Gert Fremtid", key: EC("P-256"), extensions: signer, days: ["20900101000000Z", "20910101000000Z"] },
  cipher: { name: "Hanne Kryptering", key: RSA(2048), extensions: "keyUsage=critical,keyEncipherment" },
  weak: { name: "Ib Svag", key: RSA(1024), extensions: signer },
};

/** What the servers need. */
const services: Readonly<Record<string, Subject>> = {
  tsa: {
    name: "Prøvetidsstempel",
    key: RSA(2048),
    extensions: "keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping",
  },
  ocsp: {
    name: "Prøvesvarer",
    key: RSA(2048),
    extensions: "keyUsage=critical,digitalSignature\nextendedKeyUsage=OCSPSigning\nnoCheck=yes",
  },
};

const usual: Setting = { issuer: "/C=DK/O=Prøven/CN=Prøveudsteder", subjects };

/** A throw-away public key infrastructure in a folder of its own, made with openssl. */
export class TestAuthority {
  readonly folder: string;
  readonly port: number;
  readonly #setting: Setting;

  private constructor(folder: string, port: number, setting: Setting) {
    this.folder = folder;
    this.port = port;
    this.#setting = setting;
  }

  /** Makes root, intermediate and all subjects; addresses in the certificates are on the loopback port. */
  static async make(port: number, setting = usual): Promise<TestAuthority> {
    const authority = new TestAuthority(await mkdtemp(join(tmpdir(), "resultatplan-pki-")), port, setting);
    await authority.#make();
    return authority;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  read(name: string): Promise<Uint8Array> {
    return readFile(this.path(name)).then((bytes) => new Uint8Array(bytes));
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  openssl(...args: readonly string[]): Promise<unknown> {
    return run("openssl", [...args], { cwd: this.folder });
  }

  /** Writes the list of revoked certificates anew. */
  async writeCrl(name: string): Promise<void> {
    const list = ["-name", name, "-gencrl", "-crldays", "30", "-out", `${name}.crl.pem`];
    await this.openssl("ca", "-config", "ca.cnf", ...list);
    await this.openssl("crl", "-in", `${name}.crl.pem`, "-outform", "DER", "-out", `${name}.crl`);
  }

  async #make(): Promise<void> {
    await mkdir(this.path("issued"));
    for (const [file, text] of [
      ["index.txt", ""],
      ["root-index.txt", ""],
      ["index.txt.attr", "unique_subject = no\n"],
      ["serial", "1000\n"],
      ["crlnumber", "01\n"],
      ["ca.cnf", this.#config()],
    ] as const) {
      await writeFile(this.path(file), text);
    }
    const authority =
      "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n";
    await writeFile(this.path("root.ext"), authority);
    await writeFile(this.path("mid.ext"), `${authority}crlDistributionPoints=URI:${this.#at("root.crl")}\n`);
    await this.#key("root", RSA(2048));
    const rootSubject = ["-subj", "/C=DK/O=Prøven/CN=Prøverod", "-utf8"];
    await this.openssl("req", "-new", "-key", "root.key", ...rootSubject, "-out", "root.csr");
    const asRoot = ["-signkey", "root.key", "-days", "3650", "-extfile", "root.ext", "-set_serial", "1"];
    await this.openssl("x509", "-req", "-in", "root.csr", ...asRoot, "-out", "root.pem");
    await this.#key("mid", RSA(2048));
    const midSubject = ["-subj", this.#setting.issuer, "-utf8"];
    await this.openssl("req", "-new", "-key", "mid.key", ...midSubject, "-out", "mid.csr");
    const under = ["-CA", "root.pem", "-CAkey", "root.key", "-days", "3000", "-extfile", "mid.ext", "-set_serial", "2"];
    await this.openssl("x509", "-req", "-in", "mid.csr", ...under, "-out", "mid.pem");
    await this.openssl("x509", "-in", "mid.pem", "-outform", "DER", "-out", "mid.der");
    await writeFile(this.path("chain.pem"), Buffer.concat([await this.read("mid.pem"), await this.read("root.pem")]));
    const all = { ...this.#setting.subjects, ...services };
    for (const [id, subject] of Object.entries(all)) await this.issue(id, subject);
    if ("revoked" in all) await this.openssl("ca", "-config", "ca.cnf", "-name", "mid", "-revoke", "revoked.pem");
  }

  #at(path: string): string {
    return `http://127.0.0.1:${this.port}/${path}`;
  }

  async #key(id: string, options: readonly string[]): Promise<void> {
    await this.openssl("genpkey", ...options, "-out", `${id}.key`);
  }

  /** Makes a key, a certificate and a .p12 for somebody. */
  async issue(id: string, subject: Subject): Promise<void> {
    await this.#key(id, subject.key);
    const access = `OCSP;URI:${this.#at("ocsp")},caIssuers;URI:${this.#at("mid.der")}`;
    const points = `authorityInfoAccess=${access}\ncrlDistributionPoints=URI:${this.#at("mid.crl")}`;
    const rest = `subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n${id === "ocsp" ? "" : points}\n`;
    await writeFile(this.path(`${id}.ext`), `${subject.extensions}\n${rest}`);
    const name = subject.distinguished ?? `/C=DK/O=Prøven/CN=${subject.name}`;
    await this.openssl("req", "-new", "-key", `${id}.key`, "-subj", name, "-utf8", "-out", `${id}.csr`);
    const [from, to] = subject.days ?? [];
    const dates = from && to ? ["-startdate", from, "-enddate", to] : ["-days", "900"];
    const how = ["-config", "ca.cnf", "-name", "mid", "-batch", "-notext", "-utf8", "-extfile", `${id}.ext`, ...dates];
    await this.openssl("ca", ...how, "-in", `${id}.csr`, "-out", `${id}.pem`);
    const bundle = [
      "-inkey",
      `${id}.key`,
      "-in",
      `${id}.pem`,
      "-certfile",
      "mid.pem",
      "-passout",
      `pass:${PASSPHRASE}`,
    ];
    await this.openssl("pkcs12", "-export", ...bundle, "-out", `${id}.p12`);
    if (!["anna", "clara"].includes(id)) return;
    await this.openssl("pkcs12", "-export", "-legacy", ...bundle, "-out", `${id}-gammel.p12`);
  }

  #config(): string {
    const section = (name: string, index: string) => `[${name}]
database=${this.path(index)}
new_certs_dir=${this.path("issued")}
serial=${this.path("serial")}
crlnumber=${this.path("crlnumber")}
certificate=${this.path(`${name}.pem`)}
private_key=${this.path(`${name}.key`)}
default_md=sha256
policy=any
unique_subject=no
email_in_dn=no
`;
    return `${section("mid", "index.txt")}${section("root", "root-index.txt")}[any]
countryName=optional
organizationName=optional
organizationIdentifier=optional
serialNumber=optional
givenName=optional
surname=optional
commonName=supplied
[tsa]
serial=${this.path("tsa-serial")}
crypto_device=builtin
signer_cert=${this.path("tsa.pem")}
certs=${this.path("chain.pem")}
signer_key=${this.path("tsa.key")}
signer_digest=sha256
default_policy=1.2.3.4.1
digests=sha256,sha384,sha512
ess_cert_id_alg=sha256
`;
  }
}

/** What openssl writes, given input. */
export function filtered(folder: string, args: readonly string[], input: Uint8Array): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn("openssl", [...args], { cwd: folder });
    const out: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => out.push(part));
    child.stderr.on("data", (part: Buffer) => errors.push(part));
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve(Buffer.concat(out)) : reject(new Error(Buffer.concat(errors).toString())),
    );
    // Some read a file instead, and are gone before the input is.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

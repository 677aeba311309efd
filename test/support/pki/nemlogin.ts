import { PDFDict, PDFHexString, PDFName, PDFString } from "pdf-lib";
import { IncrementalUpdate } from "../../../src/sign/pdf/incremental.ts";
import { PdfFile } from "../../../src/sign/pdf/pdf-file.ts";
import { EC, type Setting, type Subject } from "./authority.ts";
import type { TestServers } from "./servers.ts";
import { signWith } from "./signing.ts";

/** ETSI EN 319 412-5: qualified, and for signatures (1) or seals (2). */
const qualified = (type: 1 | 2) =>
  `1.3.6.1.5.5.7.1.3=DER:301f3008060604008e4601013013060604008e4601063009060704008e4601060${type}`;
const usage = "keyUsage=critical,nonRepudiation,digitalSignature\nbasicConstraints=CA:FALSE\n";

/** An employee as MitID Erhverv names one: identifier in the serial number, first and last names apart. */
function employee(name: string, given: string, family: string, more: Partial<Subject> = {}): Subject {
  return {
    name,
    distinguished: `/C=DK/O=Prøveministeriet/organizationIdentifier=NTRDK-12345678/serialNumber=UI:DK-E:G:00000000-0000-4000-8000-${String(name.length).padStart(12, "0")}/GN=${given}/SN=${family}/CN=${name}`,
    key: EC("P-256"),
    extensions: `${usage}certificatePolicies=0.4.0.194112.1.2\n${qualified(1)}`,
    ...more,
  };
}

/**
 * Stands in for the state's trust services, which nobody can sign with in a test: certificates with the marks of theirs, under a root
 * of our own. The signatories are those of the plan of 2022.
 */
export const stateSetting: Setting = {
  issuer: "/C=DK/O=Den Danske Stat/CN=Den Danske Stat kvalificeret prøve-CA",
  subjects: {
    sophus: employee("Sophus Garfiel", "Sophus", "Garfiel"),
    peter: employee("Peter Østergaard", "Peter", "Østergaard"),
    // Without the middle name that the plan has.
    rune: employee("Rune Sørensen", "Rune", "Sørensen"),
    stranger: employee("Karla Fremmed", "Karla", "Fremmed"),
    hidden: employee("Navne- og adressebeskyttet", "-", "-"),
    oces: employee("Sophus Garfiel", "Sophus", "Garfiel", {
      extensions: `${usage}certificatePolicies=1.2.208.169.1.1.1.2.7`,
    }),
    broker: {
      name: "Formidleren ApS",
      distinguished: "/C=DK/O=Formidleren ApS/organizationIdentifier=NTRDK-87654321/CN=Formidleren ApS",
      key: EC("P-256"),
      extensions: `${usage}certificatePolicies=0.4.0.194112.1.3\n${qualified(2)}`,
    },
  },
};

/**
 * Signs a copy, which has no field, at B-LTA, as NemLog-in does: our own `sign`, after a field has been added, which the service
 * does in the same breath.
 */
export async function signedCopy(servers: TestServers, copy: Uint8Array, who: string): Promise<Uint8Array> {
  return signWith(servers, withField(copy), "underskrift", who);
}

/** The file with an empty signature field on its last page, added behind its bytes. */
function withField(bytes: Uint8Array): Uint8Array {
  const file = new PdfFile(bytes);
  const update = new IncrementalUpdate(file);
  const { context } = update;
  const page = file.pages.at(-1);
  if (!page) throw new Error("a copy without pages");
  const stream = context.stream(new Uint8Array(), { Type: "XObject", Subtype: "Form", BBox: [0, 0, 120, 30] });
  const widget = {
    Type: "Annot",
    Subtype: "Widget",
    FT: "Sig",
    T: PDFString.of("underskrift"),
    TU: PDFHexString.fromText("underskrift"),
    Rect: [60, 60, 180, 90],
    F: 4,
    P: page,
    AP: { N: update.add(stream) },
  };
  const field = update.add(context.obj(widget));
  const dictionary = context.lookup(page, PDFDict);
  dictionary.set(PDFName.of("Annots"), context.obj([field]));
  update.set(page, dictionary);
  file.catalog.set(PDFName.of("AcroForm"), context.obj({ Fields: [field], SigFlags: 3 }));
  update.set(file.root, file.catalog);
  return update.write();
}

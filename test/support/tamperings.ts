import { signedFile } from "./signed-files.ts";
import { objectText, overwrite, packedUpdate, update } from "./tamper.ts";

/** A way to tamper with a signed file, and the name that it must be found under. */
export interface Tampering {
  readonly name: string;
  /** The attack's name where the literature has one. */
  readonly attack?: string;
  readonly make: () => Buffer;
  readonly code: string;
  readonly verdict: "TOTAL-FAILED" | "INDETERMINATE";
}

const lt = () => signedFile("lt-rsa");
const page = (pdf: Buffer) => objectText(pdf, 3);
const stream = (dict: string, data: string) => `<< ${dict} /Length ${data.length} >>\nstream\n${data}\nendstream`;
const square = stream("/Type /XObject /Subtype /Form /BBox [0 0 200 50]", "1 0 0 rg 0 0 200 50 re f");
const text = (words: string) => stream("", `BT /F1 12 Tf 72 720 Td (${words}) Tj ET`);

/** Adds an annotation to page 1. */
function annotated(pdf: Buffer, annotation: string): Buffer {
  return update(pdf, {
    objects: { 3: page(pdf).replace("18 0 R]", "18 0 R 200 0 R]"), 200: annotation },
  });
}

function changedObject(pdf: Buffer, number: number, change: (text: string) => string): Buffer {
  const before = objectText(pdf, number);
  const after = change(before);
  if (after === before) throw new Error(`object ${number} did not change`);
  return update(pdf, { objects: { [number]: after } });
}

/** Changes the digits of the newest ByteRange in their place. */
function ranged(change: (range: number[]) => (number | string)[]): Buffer {
  return overwrite(lt(), /\/ByteRange \[[^\]]*\]\s*/, (found) => {
    const range = [...found.matchAll(/\d+/g)].map(Number);
    return `/ByteRange [${change(range).join(" ")}]`.padEnd(found.length);
  });
}

function flippedAt(find: (text: string) => number, further = 0, file = "lt-rsa"): Buffer {
  const copy = Buffer.from(signedFile(file));
  const at = find(copy.toString("latin1")) + further;
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

const contentsAt = (text: string) => text.indexOf("/Contents <") + "/Contents <".length;

/** What was signed stays whole, the new object is put into the gap, and the byte range is said anew (wrapping). */
function wrapped(): Buffer {
  const pdf = lt();
  const all = pdf.toString("latin1");
  const range = (/\/ByteRange \[([^\]]*)\]/.exec(all)?.[1] ?? "").trim().split(/\s+/).map(Number);
  const [, first = 0, second = 0, length = 0] = range;
  const head = pdf.subarray(0, second);
  const contents = all.slice(first, second);
  const injected = (place: number) =>
    update(head, {
      objects: {
        9: "<< /FT /Sig /T (Anna) /Subtype /Widget /Rect [72 100 272 150] /V 200 0 R >>",
        200: `<< /Type /Sig /SubFilter /ETSI.CAdES.detached /Contents ${contents} /ByteRange [0 ${first} ${place} ${length}] >>`,
      },
    });
  // As long whatever the place, which has five digits.
  const place = injected(10000).length;
  return Buffer.concat([injected(place), pdf.subarray(second, second + length)]);
}

/** The whole table written anew without /Prev, so that the chain passes the signed revision by. */
function rechained(): Buffer {
  const pdf = lt();
  const places: Record<number, number> = {};
  for (const match of pdf.toString("latin1").matchAll(/(?<=\n)(\d+) 0 obj/g)) places[Number(match[1])] = match.index;
  return update(pdf, {
    objects: { 7: text("En anden side") },
    pointed: Object.fromEntries(Object.entries(places).filter(([number]) => number !== "7")),
    trailer: (old) => old.replace(/\/Prev \d+/, ""),
  });
}

/** Where the file's first table begins. */
function firstTable(name: string): string {
  return /startxref\s+(\d+)/.exec(signedFile(name).toString("latin1"))?.[1] ?? "";
}

/**
 * An update that exchanges page 1 by another, in comments: the objects, and the table with its trailer. `stream` ends its line,
 * so its data are packed so that they begin with a percent sign, which is a run of 38 bytes.
 */
function inComment(name: string, written: (parts: { first: string; table: string }) => string): Buffer {
  const pdf = signedFile(name);
  const runs = "BT /F1 24 Tf 72 700 Td (Prisen er 900 kr.) Tj ET".padEnd(76).match(/.{38}/g) ?? [];
  const content = `${runs.map((run) => `%${run}`).join("")}\x80`;
  const at = pdf.length + 2;
  const objects = [
    `200 0 obj <</Filter/RunLengthDecode/Length ${content.length}>> stream\n${content} endstream endobj `,
    "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 200 0 R/Resources<</Font<</F1 6 0 R>>>>>> endobj ",
  ] as const;
  const [content200, page3] = [at, at + objects[0].length];
  const tableAt = page3 + objects[1].length;
  const entry = (number: number, place: number) => `${number} 1 ${String(place).padStart(10, "0")} 00000 n  `;
  const previous = [...pdf.toString("latin1").matchAll(/startxref\s+(\d+)/g)].at(-1)?.[1];
  const trailer = `trailer <</Size 201/Root 1 0 R/Info 14 0 R/Prev ${previous}>> startxref ${tableAt} `;
  const table = `xref ${entry(3, page3)}${entry(200, content200)}${trailer}`;
  return Buffer.concat([pdf, Buffer.from(`% ${written({ first: objects.join(""), table })}`, "latin1")]);
}

/** A hybrid update: its table frees an object, its stream leads to where the object was signed. */
function freedInTable(name: string, number: number): Buffer {
  const pdf = signedFile(name);
  const signed = pdf.toString("latin1").indexOf(`\n${number} 0 obj`) + 1;
  const row = (place: number) => Buffer.from([1, place >> 24, place >> 16, place >> 8, place, 0]);
  const head = `90 0 obj\n<< /Type /XRef /Size 91 /W [1 4 1] /Index [${number} 1 90 1] /Root 1 0 R /Length 12 >>\nstream\n`;
  const stream = [Buffer.from(head), row(signed), row(pdf.length), Buffer.from("\nendstream\nendobj\n")];
  return update(Buffer.concat([pdf, ...stream]), {
    freed: [number],
    pointed: { 90: pdf.length },
    trailer: (old) => old.replace("/Prev", `/XRefStm ${pdf.length} /Prev`),
  });
}

/** The table leads to the second object 7, which lay in the file unseen when it was signed. */
function pointedToHidden(): Buffer {
  const pdf = signedFile("skygge");
  return update(pdf, { pointed: { 7: pdf.toString("latin1").lastIndexOf("7 0 obj\n<< /Length 41") } });
}

function copiedFrom(name: string): Buffer {
  const digits = (pdf: Buffer) => /\/Contents <([0-9a-fA-F]+)>/.exec(pdf.toString("latin1"))?.[1] ?? "";
  const other = digits(signedFile(name)).replace(/(?:00)+$/, "");
  const own = digits(lt());
  return overwrite(lt(), own, other.padEnd(own.length, "0"));
}

function emptied(by: (found: string) => string): Buffer {
  return overwrite(lt(), /\/Contents <[0-9a-fA-F]+>/, by);
}

const field = (change: (text: string) => string, file = "lt-rsa") => changedObject(signedFile(file), 9, change);
const catalog = (change: (text: string) => string) => changedObject(lt(), 1, change);
const filled = (file: string) => changedObject(signedFile(file), 18, (old) => old.replace("(intet)", "(alt)"));
const highlight =
  "<< /Type /Annot /Subtype /Highlight /Rect [72 700 200 740] /QuadPoints [72 740 200 740 72 700 200 700] >>";
const box =
  "<< /Type /Annot /Subtype /FreeText /Rect [72 700 300 740] /Contents (Prisen er 900 kr.) /DA (/F1 24 Tf) >>";
const covering = (annotation: string) => annotation.replace(" >>", " /F 4 /AP << /N 15 0 R >> >>");
const stamp = "<< /Type /Annot /Subtype /Stamp /Rect [72 700 300 740] >>";
const bogus = "<< /Type /Sig /SubFilter /ETSI.CAdES.detached /Contents <30> /ByteRange [0 1 2 3] >>";
const made = (name: string) => () => signedFile(name);

/** Everything that is done to signed files here. */
export const tamperings: readonly Tampering[] = [
  // The signed bytes themselves.
  {
    name: "a byte of the page's text",
    make: () => flippedAt((all) => all.indexOf("Side 2")),
    code: "indhold-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a byte of the signature's own dictionary",
    make: () => flippedAt((all) => all.indexOf("/M (D:") + 8),
    code: "indhold-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a byte of the signature's value",
    make: () =>
      overwrite(lt(), /04820100[0-9a-f]{2}/i, (found) => `${found.slice(0, 8)}${found.endsWith("00") ? "01" : "00"}`),
    code: "underskrift-forkert",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "bytes after the signature in its place",
    make: () => flippedAt((all) => all.indexOf(">", contentsAt(all)), -1, "lt-p256"),
    code: "data-efter-underskriften",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a signature copied from another file",
    make: () => copiedFrom("t-rsa"),
    code: "indhold-ændret",
    verdict: "TOTAL-FAILED",
  },
  // What the signature says that it covers.
  {
    name: "ByteRange shortened",
    make: () => ranged(([a = 0, b = 0, c = 0, d = 0]) => [a, b, c, d - 9]),
    code: "byterange-slut",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "ByteRange stretched beyond the file",
    make: () => ranged(([a = 0, b = 0, c = 0]) => [a, b, c, 99999]),
    code: "byterange-forbi",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "ByteRange overlapping",
    make: () => ranged(([a = 0, b = 0, , d = 0]) => [a, b, 9, d]),
    code: "byterange-overlap",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "ByteRange not from the start",
    make: () => ranged(([, b = 0, c = 0, d = 0]) => [9, b, c, d]),
    code: "byterange-start",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "ByteRange with a wider gap",
    make: () => ranged(([a = 0, b = 0, c = 0, d = 0]) => [a, b - 9, c, d]),
    code: "byterange-hul",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "ByteRange negative",
    attack: "universal forgery",
    make: () => ranged(([a = 0, b = 0, c = 0]) => [a, b, c, "-1"]),
    code: "byterange-form",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "ByteRange null",
    attack: "universal forgery",
    make: () => overwrite(lt(), /\/ByteRange \[[^\]]*\]/, (found) => "/ByteRange null".padEnd(found.length)),
    code: "byterange-mangler",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "ByteRange missing",
    attack: "universal forgery",
    make: () => overwrite(lt(), "/ByteRange", "/ByteRangX"),
    code: "byterange-mangler",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "ByteRange of four texts",
    attack: "universal forgery",
    make: () => ranged(() => ["(a)", "(b)", "(c)", "(d)"]),
    code: "byterange-form",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "Contents missing",
    attack: "universal forgery",
    make: () => overwrite(lt(), "/Contents <", "/Kontents <"),
    code: "underskrift-tom",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "Contents null",
    attack: "universal forgery",
    make: () => emptied((found) => "/Contents null".padEnd(found.length)),
    code: "underskrift-tom",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "Contents empty",
    attack: "universal forgery",
    make: () => emptied((found) => "/Contents <>".padEnd(found.length)),
    code: "underskrift-tom",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "Contents all zeros",
    attack: "universal forgery",
    make: () => emptied((found) => `/Contents <${"0".repeat(found.length - 12)}>`),
    code: "underskrift-tom",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "Contents a null byte",
    attack: "universal forgery",
    make: () => emptied((found) => "/Contents <00>".padEnd(found.length)),
    code: "underskrift-tom",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a key twice in the signature",
    make: () => overwrite(lt(), "/Filter /Adobe.PPKLite", "/Type /Sig".padEnd(22)),
    code: "nøgle-to-gange",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "the signed part moved behind a new object",
    attack: "signature wrapping",
    make: wrapped,
    code: "byterange-hul",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "the newest revision cut in two",
    make: () => lt().subarray(0, -300),
    code: "ukendt-tilføjelse",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "the signed revision cut in two",
    make: () => lt().subarray(0, 9000),
    code: "hale",
    verdict: "TOTAL-FAILED",
  },
  // What is seen.
  {
    name: "a page's text replaced",
    attack: "incremental saving",
    make: () => update(lt(), { objects: { 7: text("Prisen er 900 kr.") } }),
    code: "side-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "text put on a page",
    attack: "incremental saving",
    make: () =>
      update(lt(), {
        objects: { 3: page(lt()).replace("/Contents 5 0 R", "/Contents [5 0 R 200 0 R]"), 200: text("mere") },
      }),
    code: "side-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a page added",
    attack: "incremental saving",
    make: () =>
      update(lt(), {
        objects: {
          2: "<< /Type /Pages /Kids [3 0 R 4 0 R 200 0 R] /Count 3 >>",
          200: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        },
      }),
    code: "sider-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a page removed",
    make: () => update(lt(), { objects: { 2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>" } }),
    code: "sider-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "an object appended that no table names",
    attack: "incremental saving, no table",
    make: () => Buffer.concat([lt(), Buffer.from(`7 0 obj\n${text("Prisen er 900 kr.")}\nendobj\n`)]),
    code: "objekt-uden-for-tabel",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "an object and a trailer appended, no table",
    attack: "incremental saving, no table",
    make: () =>
      Buffer.concat([
        lt(),
        Buffer.from(`7 0 obj\n${text("Prisen er 900 kr.")}\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n`),
      ]),
    code: "ukendt-tilføjelse",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "an object appended under the old table's name",
    attack: "incremental saving, old table",
    make: () =>
      Buffer.concat([
        lt(),
        Buffer.from(
          `7 0 obj\n${text("x")}\nendobj\n${/startxref\s+\d+\s+%%EOF\s*$/.exec(lt().toString("latin1"))?.[0]}`,
        ),
      ]),
    code: "objekt-uden-for-tabel",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "an update in a comment behind the end of the file",
    attack: "incremental saving in a comment",
    make: () => inComment("mdp-1", ({ first, table }) => `${first} ${table}`),
    code: "hale",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "an update in a comment before an update that changes nothing",
    attack: "incremental saving in a comment",
    make: () =>
      update(
        inComment("mdp-1", ({ first }) => `${first}\n`),
        { objects: { 300: "null" } },
      ),
    code: "ukendt-tilføjelse",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "an older table named again without an end of file marker",
    attack: "roll back",
    make: () => Buffer.concat([signedFile("lt-tre"), Buffer.from(`\nstartxref ${firstTable("lt-tre")} `)]),
    code: "hale",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "an older table named without an end of file marker, before an update",
    attack: "roll back",
    make: () =>
      update(Buffer.concat([lt(), Buffer.from(`startxref ${firstTable("lt-rsa")}\n`)]), { objects: { 300: "null" } }),
    code: "ukendt-tilføjelse",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "an end of file that other readers do not know",
    attack: "two readers",
    make: () => {
      const changed = update(lt(), { objects: { 300: "null" } });
      const at = changed.lastIndexOf("startxref") + "startxref".length;
      return Buffer.concat([changed.subarray(0, at), Buffer.from([0xa0]), changed.subarray(at + 1)]);
    },
    code: "hale",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "so much white space that readers do not find the end",
    attack: "two readers",
    make: () => Buffer.concat([signedFile("skygge"), Buffer.alloc(2000, " ")]),
    code: "hale",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a table with a comment in it",
    attack: "two readers",
    make: () => {
      const changed = update(lt(), { objects: { 300: "null" } }).toString("latin1");
      const at = changed.lastIndexOf("xref\n300 1\n") + "xref\n300 1\n".length;
      return Buffer.from(`${changed.slice(0, at)}%\n${changed.slice(at)}`, "latin1");
    },
    code: "ukendt-tilføjelse",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a new table that passes the signed one by",
    attack: "incremental saving, xref trick",
    make: rechained,
    code: "tabel-omgået",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "the catalog exchanged",
    make: () =>
      update(lt(), {
        objects: { 200: objectText(lt(), 1) },
        trailer: (old) => old.replace("/Root 1 0 R", "/Root 200 0 R"),
      }),
    code: "katalog-skiftet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "an object freed so that what lay over it is gone",
    attack: "shadow: hide",
    make: () => update(lt(), { freed: [7] }),
    code: "side-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a font replaced",
    attack: "shadow: replace",
    make: () => update(lt(), { objects: { 6: "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>" } }),
    code: "side-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a form field filled over the text",
    attack: "shadow: replace",
    make: () => filled("lt-rsa"),
    code: "felt-udfyldt",
    verdict: "INDETERMINATE",
  },
  {
    name: "the table led to an object that lay hidden",
    attack: "shadow: hide and replace",
    make: pointedToHidden,
    code: "gemt-objekt",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "an object put where the page referred to nothing",
    attack: "shadow: hide and replace",
    make: () => update(signedFile("skygge"), { objects: { 90: square } }),
    code: "side-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "the page's text freed in the table, and kept in the stream behind it",
    attack: "two readers, hybrid file",
    make: () => freedInTable("mdp-1", 5),
    code: "to-tabeller",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a page's text that also passes for a field's widget",
    attack: "shadow: replace",
    make: () => update(signedFile("dobbelt"), { objects: { 7: text("Prisen er 900") } }),
    code: "felt-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a visible field filled under the name of a time stamp",
    attack: "DocMDP 1",
    make: () =>
      update(
        changedObject(signedFile("mdp-1"), 10, (old) => old.replace("/FT /Sig", "/V 200 0 R /FT /Sig")),
        { objects: { 200: "<< /Type /DocTimeStamp /SubFilter /ETSI.RFC3161 /Contents <30> /ByteRange [0 1 2 3] >>" } },
      ),
    code: "underskrevet-siden",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a page with two contents, the new one first",
    attack: "two readers",
    make: () =>
      update(lt(), {
        objects: {
          3: page(lt()).replace("/Contents 5 0 R", "/Contents 200 0 R /Contents 5 0 R"),
          200: text("Prisen er 900 kr."),
        },
      }),
    code: "nøgle-to-gange",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a trailer with two catalogs",
    attack: "two readers",
    make: () =>
      update(lt(), {
        objects: { 200: "<< /Type /Catalog /Pages 2 0 R >>" },
        trailer: (old) => old.replace("/Root 1 0 R", "/Root 200 0 R /Root 1 0 R"),
      }),
    code: "nøgle-to-gange",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a packed object whose index leads to another",
    attack: "two readers",
    make: () =>
      packedUpdate(
        lt(),
        { 6: objectText(lt(), 6), 201: "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>" },
        (at) => 1 - at,
      ),
    code: "ukendt-ændring",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a packed object replaced",
    attack: "incremental saving",
    make: () => packedUpdate(lt(), { 6: "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>" }, (at) => at),
    code: "side-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a length changed that lies outside its stream",
    attack: "shadow: replace",
    make: () => update(signedFile("laengde"), { objects: { 19: "30" } }),
    code: "side-ændret",
    verdict: "TOTAL-FAILED",
  },
  // What lies beside.
  {
    name: "a text box put on a page",
    attack: "evil annotation",
    make: () => annotated(lt(), box),
    code: "kommentar-tilføjet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a highlight put on a page",
    make: () => annotated(lt(), highlight),
    code: "kommentar-tilføjet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "an annotation removed",
    make: () => changedObject(lt(), 3, (old) => old.replace(" 18 0 R]", "]")),
    code: "kommentar-fjernet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "an attachment replaced",
    make: () => update(lt(), { objects: { 12: stream("/Type /EmbeddedFile", "# En anden plan\n") } }),
    code: "bilag-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "an attachment added",
    make: () => catalog((old) => old.replace("11 0 R ]", "11 0 R (b.md) 11 0 R ]")),
    code: "bilag-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "an attachment added as an annotation",
    make: () => annotated(lt(), "<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS 11 0 R >>"),
    code: "bilag-tilføjet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "the title changed",
    make: () => changedObject(lt(), 14, (old) => old.replace("(Plan)", "(Skan)")),
    code: "metadata-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "the title changed in an object of its own",
    make: () => update(signedFile("titel"), { objects: { 19: "(Skan)" } }),
    code: "metadata-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "the XMP metadata changed",
    make: () => changedObject(lt(), 13, (old) => old.replace(">Plan<", ">Skan<")),
    code: "metadata-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "the language changed",
    make: () => catalog((old) => old.replace("/Lang (da)", "/Lang (sv)")),
    code: "struktur-ændret",
    verdict: "INDETERMINATE",
  },
  {
    name: "a script that runs on opening",
    make: () => catalog((old) => old.replace("/Lang", "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /Lang")),
    code: "script-tilføjet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "layers added",
    make: () => catalog((old) => old.replace("/Lang", "/OCProperties << /OCGs [] /D << >> >> /Lang")),
    code: "lag-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "the file's ID changed",
    make: () =>
      update(lt(), {
        objects: { 300: "null" },
        trailer: (old) => old.replace(/\/ID \[\s*<[0-9a-f]{4}/, (found) => `${found.slice(0, -4)}ffff`),
      }),
    code: "id-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "encryption declared",
    make: () =>
      update(lt(), {
        objects: { 300: "null" },
        trailer: (old) => old.replace("/Prev", "/Encrypt << /Filter /Standard >> /Prev"),
      }),
    code: "krypteret",
    verdict: "INDETERMINATE",
  },
  // Others' signatures and fields.
  {
    name: "the signature's appearance exchanged",
    make: () =>
      update(
        field((old) => old.replace(/\/N \d+ 0 R/, "/N 200 0 R")),
        { objects: { 200: square } },
      ),
    code: "udseende-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "the signature's appearance rewritten in place",
    make: () => update(lt(), { objects: { 21: square } }),
    code: "udseende-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "the signature moved on the page",
    make: () => field((old) => old.replace("72 100 272 150", "72 600 272 650")),
    code: "udseende-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "the signature removed from its field",
    make: () => field((old) => old.replace(/\/V \d+ 0 R/, "")),
    code: "underskrift-fjernet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "the signature's field removed from the form",
    make: () => changedObject(lt(), 8, (old) => old.replace("9 0 R ", "")),
    code: "underskrift-fjernet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "another signature put in its place",
    make: () =>
      update(
        field((old) => old.replace(/\/V \d+ 0 R/, "/V 200 0 R")),
        { objects: { 200: bogus } },
      ),
    code: "underskrift-skiftet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "one of three signatures removed",
    make: () => changedObject(signedFile("lt-tre"), 10, (old) => old.replace(/\/V \d+ 0 R/, "")),
    code: "underskrift-fjernet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a text field added",
    make: () =>
      update(lt(), {
        objects: {
          8: objectText(lt(), 8).replace("18 0 R ]", "18 0 R 200 0 R ]"),
          200: "<< /FT /Tx /T (Nyt) /V (x) /Subtype /Widget /Rect [0 0 9 9] >>",
        },
      }),
    code: "felt-tilføjet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "readers told to draw the fields anew",
    make: () => changedObject(lt(), 8, (old) => old.replace("/SigFlags", "/NeedAppearances true /SigFlags")),
    code: "felt-ændret",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a field filled that the signer locked",
    attack: "FieldMDP",
    make: () => filled("felt-laast"),
    code: "felt-udfyldt",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a field filled on a document certified without changes",
    attack: "DocMDP 1",
    make: () => filled("mdp-1"),
    code: "felt-udfyldt",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a comment on a document certified for filling in",
    attack: "DocMDP 2",
    make: () => annotated(signedFile("mdp-2"), highlight),
    code: "kommentar-tilføjet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a text box on a document certified for comments",
    attack: "evil annotation, DocMDP 3",
    make: () => annotated(signedFile("mdp-3"), box),
    code: "kommentar-tilføjet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a stamp on a document certified for comments",
    attack: "evil annotation, DocMDP 3",
    make: () => annotated(signedFile("mdp-3"), stamp),
    code: "kommentar-tilføjet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a highlight with an appearance of its own on a document certified for comments",
    attack: "evil annotation, DocMDP 3",
    make: () => annotated(signedFile("mdp-3"), covering(highlight)),
    code: "kommentar-tilføjet",
    verdict: "INDETERMINATE",
  },
  {
    name: "a visible signature field on a certified document",
    attack: "sneaky signature, DocMDP 2",
    make: () => update(sneaky(signedFile("mdp-2"), "/V 202 0 R"), { objects: { 202: bogus } }),
    code: "synligt-felt-tilføjet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a signature field over the text that nobody has signed in",
    attack: "sneaky signature",
    make: () => sneaky(lt()),
    code: "felt-tilføjet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a signature field over the text that is only printed",
    attack: "sneaky signature, DocMDP 2",
    make: () => sneaky(signedFile("mdp-2"), "/F 36"),
    code: "felt-tilføjet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a printed signature field with a signature on a certified document",
    attack: "sneaky signature, DocMDP 2",
    make: () => update(sneaky(signedFile("mdp-2"), "/F 36 /V 202 0 R"), { objects: { 202: bogus } }),
    code: "synligt-felt-tilføjet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a new field with the signature of another",
    attack: "sneaky signature",
    make: () => sneaky(lt(), /\/V \d+ 0 R/.exec(objectText(lt(), 9))?.[0]),
    code: "felt-tilføjet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "an empty field with the signature of another",
    attack: "sneaky signature",
    make: () =>
      changedObject(lt(), 10, (old) =>
        old.replace("/FT /Sig", `/FT /Sig ${/\/V \d+ 0 R/.exec(objectText(lt(), 9))?.[0]}`),
      ),
    code: "felt-ændret",
    verdict: "TOTAL-FAILED",
  },
  // Who signed, and when.
  {
    name: "the certificate exchanged, same key and number",
    make: made("byttet-ess"),
    code: "certifikat-byttet",
    verdict: "TOTAL-FAILED",
  },
  { name: "a digest that is broken (SHA-1)", make: made("sha1"), code: "svag-algoritme", verdict: "INDETERMINATE" },
  { name: "a key that is too short", make: made("kort-noegle"), code: "svag-algoritme", verdict: "INDETERMINATE" },
  {
    name: "a certificate for encryption",
    make: made("forkert-brug"),
    code: "certifikat-til-andet",
    verdict: "INDETERMINATE",
  },
  {
    name: "a web server's certificate",
    make: made("webserver"),
    code: "certifikat-til-andet",
    verdict: "INDETERMINATE",
  },
  {
    name: "a certificate issued by another signer",
    make: made("barn-af-anna"),
    code: "ikke-udsteder",
    verdict: "INDETERMINATE",
  },
  { name: "the same name from another authority", make: made("fremmed"), code: "ingen-kæde", verdict: "INDETERMINATE" },
  { name: "an expired certificate", make: made("udloebet"), code: "certifikat-udløbet", verdict: "INDETERMINATE" },
  {
    name: "signed before the certificate was issued",
    make: made("ufoedt"),
    code: "før-certifikatet",
    verdict: "TOTAL-FAILED",
  },
  {
    name: "a revoked certificate (CRL)",
    make: made("dss-spaerret"),
    code: "certifikat-spærret",
    verdict: "INDETERMINATE",
  },
  {
    name: "a revoked certificate (OCSP)",
    make: made("dss-spaerret-ocsp"),
    code: "certifikat-spærret",
    verdict: "INDETERMINATE",
  },
  {
    name: "a revocation list that others made",
    make: made("dss-falsk-crl"),
    code: "spærring-ubrugelig",
    verdict: "INDETERMINATE",
  },
  {
    name: "an OCSP answer that others made",
    make: made("dss-falsk-ocsp"),
    code: "spærring-ubrugelig",
    verdict: "INDETERMINATE",
  },
  {
    name: "a time stamp of something else",
    make: made("fremmed-tidsstempel"),
    code: "tidsstempel-falsk",
    verdict: "INDETERMINATE",
  },
  {
    name: "a time stamp with its time set back",
    make: made("tidsstempel-rettet"),
    code: "tidsstempel-falsk",
    verdict: "INDETERMINATE",
  },
];

/** A new signature field over the text, with more entries. */
function sneaky(pdf: Buffer, more = "/F 132"): Buffer {
  const widget = `<< /FT /Sig /T (Ny) ${more} /Type /Annot /Subtype /Widget /Rect [72 700 300 740] /P 3 0 R /AP << /N 201 0 R >> >>`;
  return update(pdf, {
    objects: {
      3: page(pdf).replace("18 0 R]", "18 0 R 200 0 R]"),
      8: objectText(pdf, 8).replace("18 0 R ]", "18 0 R 200 0 R ]"),
      200: widget,
      201: square,
    },
  });
}

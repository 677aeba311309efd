import { deflateSync } from "node:zlib";

/** What distinguishes one hand-built PDF from another with the same names in it. */
export interface Habits {
  /** Stands in all its texts, so that they can be told apart. */
  readonly word: string;
  /** What the type Afsnit stands for; two documents may differ. */
  readonly afsnit?: string;
  readonly language?: string;
  /** Whether the objects lie in object streams, as newer programs pack them. */
  readonly packed?: boolean;
  /** Whether what is packed is predicted row by row first, as Acrobat and QPDF do it with their cross-references. */
  readonly predicted?: boolean;
  /** Whether what older programs can do without, tags and bookmarks, is packed, and free in a table besides. */
  readonly hybrid?: boolean;
  /** Whether the document has page labels. */
  readonly labels?: boolean;
}

/** An object: its text, or a dictionary's entries and a stream. */
type Written = string | { readonly entries: string; readonly bytes: Uint8Array };

/**
 * A PDF of four pages with the habits of Word and InDesign: own structure types by way of others (role map chains), a class
 * map, IDs and headers, destinations both in a dictionary and in a name tree of two storeys, nested bookmarks, page labels,
 * what pages inherit from nodes above them, a note with its pop-up, a layer, an attachment, object streams.
 */
export function handBuilt(habits: Habits): Uint8Array {
  const { word } = habits;
  const objects = new Map<number, Written>();
  const add = (number: number, text: string) => objects.set(number, text);
  const labels = habits.labels === false ? "" : "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /P (A-) /St 5 >>] >>";
  add(
    1,
    `<< /Type /Catalog /Pages 2 0 R /Lang (${habits.language ?? "da-DK"}) /MarkInfo << /Marked true >> /StructTreeRoot 30 0 R
     /Outlines 20 0 R /Dests << /forside [5 0 R /XYZ 0 800 0] >> /Names << /Dests 60 0 R /EmbeddedFiles << /Names [(noter.txt) 70 0 R] >> >>
     ${labels} /OCProperties << /OCGs [80 0 R] /D << /Order [80 0 R] /ON [80 0 R] >> >> /ViewerPreferences << /DisplayDocTitle true >> >>`,
  );
  add(2, "<< /Type /Pages /Count 4 /Kids [3 0 R 4 0 R] /MediaBox [0 0 595 842] /Resources 10 0 R >>");
  add(3, "<< /Type /Pages /Parent 2 0 R /Count 2 /Kids [5 0 R 6 0 R] >>");
  add(4, "<< /Type /Pages /Parent 2 0 R /Count 2 /Kids [7 0 R 8 0 R] /Rotate 90 /CropBox [10 10 585 832] >>");
  const page = (parent: number, key: number, annotations: string) =>
    `<< /Type /Page /Parent ${parent} 0 R /Contents ${key + 11} 0 R /StructParents ${key} /Tabs /S ${annotations} >>`;
  add(5, page(3, 0, "/Annots [50 0 R 51 0 R 52 0 R]"));
  add(6, page(3, 1, ""));
  add(7, page(4, 2, "/Annots [53 0 R]"));
  add(8, page(4, 3, ""));
  add(10, "<< /Font << /F1 9 0 R >> /Properties << /Lag 80 0 R >> >>");
  add(9, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  objects.set(
    11,
    content([
      `/Overskrift <</MCID 0>> BDC ${shown(`${word} kapitel et`, 780)} EMC`,
      `/Brod <</MCID 1>> BDC ${shown(`${word} side 1 tekst`, 750)} EMC`,
      `/OC /Lag BDC ${shown("", 20)} EMC`,
      `/Link <</MCID 2>> BDC ${shown(`${word} se slut`, 720)} EMC`,
    ]),
  );
  objects.set(
    12,
    content([
      `/Brod <</MCID 0>> BDC ${shown(`${word} side 2 tekst`, 780)} EMC`,
      `/TH <</MCID 1>> BDC ${shown(`${word} hoved`, 750)} EMC`,
      `/TD <</MCID 2>> BDC ${shown(`${word} celle`, 730)} EMC`,
    ]),
  );
  objects.set(
    13,
    content([
      `/Overskrift <</MCID 0>> BDC ${shown(`${word} kapitel to`, 780)} EMC`,
      `/Brod <</MCID 1>> BDC ${shown(`${word} side 3 tekst`, 750)} EMC`,
    ]),
  );
  objects.set(14, content([`/Brod <</MCID 0>> BDC ${shown(`${word} slut`, 780)} EMC`]));
  add(20, "<< /Type /Outlines /First 21 0 R /Last 24 0 R /Count 2 >>");
  add(21, `<< /Title (${word} et) /Parent 20 0 R /Next 24 0 R /First 22 0 R /Last 23 0 R /Count -2 /Dest /forside >>`);
  add(22, `<< /Title (${word} 1.1) /Parent 21 0 R /Next 23 0 R /Dest [5 0 R /XYZ 0 700 0] /SE 42 0 R >>`);
  add(23, `<< /Title (${word} 1.2) /Parent 21 0 R /Prev 22 0 R /A << /S /GoTo /D [6 0 R /Fit] >> >>`);
  add(24, `<< /Title (${word} to) /Parent 20 0 R /Prev 21 0 R /Dest (kapitel2) >>`);
  add(
    30,
    `<< /Type /StructTreeRoot /K [31 0 R] /ParentTree 32 0 R /ParentTreeNextKey 6 /IDTree << /Names [(celle1) 46 0 R (celle2) 47 0 R] >>
     /RoleMap << /Artikel /Historie /Historie /Sect /Overskrift /OverskriftEt /OverskriftEt /H1 /Brod /P /Afsnit /${habits.afsnit ?? "Sect"} >>
     /ClassMap << /Venstre << /O /Layout /TextAlign /Start >> >> >>`,
  );
  add(31, "<< /Type /StructElem /S /Document /P 30 0 R /K [33 0 R 34 0 R] >>");
  add(
    32,
    `<< /Kids [<< /Limits [0 2] /Nums [0 [41 0 R 42 0 R 43 0 R] 1 [44 0 R 46 0 R 47 0 R] 2 [48 0 R 49 0 R]] >>
     << /Limits [3 5] /Nums [3 [55 0 R] 4 43 0 R 5 54 0 R] >>] >>`,
  );
  add(33, "<< /Type /StructElem /S /Artikel /P 31 0 R /K [41 0 R 42 0 R 40 0 R 44 0 R 45 0 R] >>");
  add(34, "<< /Type /StructElem /S /Afsnit /P 31 0 R /K [48 0 R 49 0 R 54 0 R 55 0 R] >>");
  add(40, "<< /Type /StructElem /S /Brod /P 33 0 R /K 43 0 R >>");
  add(41, "<< /Type /StructElem /S /Overskrift /P 33 0 R /Pg 5 0 R /K 0 /C /Venstre >>");
  add(42, "<< /Type /StructElem /S /Brod /P 33 0 R /Pg 5 0 R /K 1 /C [/Venstre 0] >>");
  add(43, "<< /Type /StructElem /S /Link /P 40 0 R /Pg 5 0 R /K [2 << /Type /OBJR /Obj 50 0 R >>] >>");
  add(44, "<< /Type /StructElem /S /Brod /P 33 0 R /K << /Type /MCR /Pg 6 0 R /MCID 0 >> >>");
  add(45, "<< /Type /StructElem /S /Table /P 33 0 R /K [56 0 R 57 0 R] >>");
  add(56, "<< /Type /StructElem /S /TR /P 45 0 R /K 46 0 R >>");
  add(57, "<< /Type /StructElem /S /TR /P 45 0 R /K 47 0 R >>");
  add(46, "<< /Type /StructElem /S /TH /P 56 0 R /Pg 6 0 R /K 1 /ID (celle1) /A << /O /Table /Scope /Column >> >>");
  add(
    47,
    "<< /Type /StructElem /S /TD /P 57 0 R /Pg 6 0 R /K 2 /ID (celle2) /A [<< /O /Table /Headers [(celle1)] >> 0] >>",
  );
  add(48, "<< /Type /StructElem /S /Overskrift /P 34 0 R /Pg 7 0 R /K 0 >>");
  add(49, "<< /Type /StructElem /S /Brod /P 34 0 R /Pg 7 0 R /K 1 >>");
  add(54, "<< /Type /StructElem /S /Annot /P 34 0 R /K << /Type /OBJR /Obj 53 0 R /Pg 7 0 R >> /Alt (note) >>");
  add(55, "<< /Type /StructElem /S /Brod /P 34 0 R /Pg 8 0 R /K 0 >>");
  const box = "/Rect [50 700 200 730]";
  add(
    50,
    `<< /Type /Annot /Subtype /Link ${box} /StructParent 4 /A << /S /GoTo /D (slut) >> /Contents (se slut) /P 5 0 R >>`,
  );
  add(51, `<< /Type /Annot /Subtype /Text ${box} /Contents (${word} note) /Popup 52 0 R /P 5 0 R >>`);
  add(52, `<< /Type /Annot /Subtype /Popup ${box} /Parent 51 0 R >>`);
  add(53, `<< /Type /Annot /Subtype /Text ${box} /Contents (${word} note to) /StructParent 5 /P 7 0 R >>`);
  add(60, "<< /Kids [61 0 R 62 0 R] >>");
  add(61, "<< /Limits [(kapitel2) (kapitel2)] /Names [(kapitel2) << /D [7 0 R /XYZ 0 800 0] >>] >>");
  add(62, "<< /Limits [(slut) (slut)] /Names [(slut) [8 0 R /Fit]] >>");
  add(70, "<< /Type /Filespec /F (noter.txt) /UF (noter.txt) /EF << /F 71 0 R >> >>");
  objects.set(71, { entries: "/Type /EmbeddedFile", bytes: Buffer.from(`noter: ${word}`) });
  add(80, `<< /Type /OCG /Name (${word} lag) >>`);
  add(90, `<< /Title (${word}) /Producer (hand) >>`);
  return habits.packed === false ? plainFile(objects) : packedFile(objects, habits);
}

function shown(text: string, y: number): string {
  return `BT /F1 12 Tf 1 0 0 1 50 ${y} Tm (${text}) Tj ET`;
}

function content(parts: readonly string[]): Written {
  return { entries: "/Filter /FlateDecode", bytes: deflateSync(Buffer.from(parts.join("\n"), "latin1")) };
}

/** Numbers to bytes, collected with the places where objects begin. */
class Output {
  readonly #chunks: Buffer[] = [];
  readonly offsets = new Map<number, number>();
  length = 0;

  write(bytes: string | Uint8Array): void {
    const chunk = typeof bytes === "string" ? Buffer.from(bytes, "latin1") : Buffer.from(bytes);
    this.#chunks.push(chunk);
    this.length += chunk.length;
  }

  object(number: number, written: Written): void {
    this.offsets.set(number, this.length);
    if (typeof written === "string") this.write(`${number} 0 obj\n${written}\nendobj\n`);
    else {
      this.write(`${number} 0 obj\n<< ${written.entries} /Length ${written.bytes.length} >>\nstream\n`);
      this.write(written.bytes);
      this.write("\nendstream\nendobj\n");
    }
  }

  bytes(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.#chunks));
  }
}

function plainFile(objects: ReadonlyMap<number, Written>): Uint8Array {
  const output = new Output();
  output.write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
  for (const [number, written] of objects) output.object(number, written);
  return withTable(output, Math.max(...objects.keys()) + 1, "/Root 1 0 R /Info 90 0 R");
}

/** Ends a file with a table of the objects that it has so far; what is not among them is free. */
function withTable(output: Output, size: number, trailer: string): Uint8Array {
  const start = output.length;
  output.write(`xref\n0 ${size}\n`);
  for (let number = 0; number < size; number++) {
    const offset = output.offsets.get(number);
    output.write(offset === undefined ? "0000000000 65535 f \n" : `${String(offset).padStart(10, "0")} 00000 n \n`);
  }
  output.write(`trailer\n<< /Size ${size} ${trailer} >>\nstartxref\n${start}\n%%EOF\n`);
  return output.bytes();
}

/** Bytes in the entries and the bytes of a packed stream. With a predictor its rows are of the PNG filters 0 to 4 in turn. */
function deflated(entries: string, bytes: Uint8Array, predicted: boolean): Exclude<Written, string> {
  if (!predicted) return { entries: `${entries} /Filter /FlateDecode`, bytes: deflateSync(bytes) };
  const columns = 6;
  const at = (row: number, column: number) => (column < 0 || row < 0 ? 0 : (bytes[row * columns + column] ?? 0));
  const paeth = (left: number, up: number, corner: number) => {
    const far = (one: number) => Math.abs(left + up - corner - one);
    const nearest = Math.min(far(left), far(up), far(corner));
    return [left, up, corner].find((one) => far(one) === nearest) ?? 0;
  };
  const rows = Array.from({ length: Math.ceil(bytes.length / columns) }, (_, row) => {
    const kind = row % 5;
    const own = [...bytes.subarray(row * columns, (row + 1) * columns)].map((byte, column) => {
      const [left, up, corner] = [at(row, column - 1), at(row - 1, column), at(row - 1, column - 1)];
      return byte - ([0, left, up, (left + up) >> 1, paeth(left, up, corner)][kind] ?? 0);
    });
    return Uint8Array.from([kind, ...own]);
  });
  const parameters = `/DecodeParms << /Predictor 15 /Columns ${columns} >>`;
  return { entries: `${entries} /Filter /FlateDecode ${parameters}`, bytes: deflateSync(Buffer.concat(rows)) };
}

/** The first of the objects that a hybrid file hides: its bookmarks, its tags, what its names lead to. */
const HIDDEN = 20;

function packedFile(objects: ReadonlyMap<number, Written>, { predicted = false, hybrid = false }: Habits): Uint8Array {
  const output = new Output();
  output.write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
  const container = Math.max(...objects.keys()) + 1;
  const packed = [...objects].filter(
    (one): one is [number, string] => typeof one[1] === "string" && (!hybrid || one[0] >= HIDDEN),
  );
  const hidden = new Map(packed);
  for (const [number, written] of objects) if (!hidden.has(number)) output.object(number, written);
  let places = "";
  let body = "";
  for (const [number, text] of packed) {
    places += `${number} ${body.length} `;
    body += `${text}\n`;
  }
  const entries = `/Type /ObjStm /N ${packed.length} /First ${places.length}`;
  output.object(container, deflated(entries, Buffer.from(places + body, "latin1"), predicted));
  const start = output.length;
  const table = Buffer.alloc((container + 2) * 6);
  const inContainer = new Map(packed.map(([number], index) => [number, index]));
  for (let number = 0; number < container + 2; number++) {
    const offset = number === container + 1 ? start : output.offsets.get(number);
    const index = inContainer.get(number);
    if (offset !== undefined) table.writeUInt8(1, number * 6);
    else if (index !== undefined) table.writeUInt8(2, number * 6);
    table.writeUInt32BE(offset ?? (index === undefined ? 0 : container), number * 6 + 1);
    table.writeUInt8(index ?? 0, number * 6 + 5);
  }
  const xref = `/Type /XRef /Size ${container + 2} /W [1 4 1] /Root 1 0 R /Info 90 0 R`;
  output.object(container + 1, deflated(xref, table, predicted));
  if (hybrid) return withTable(output, container + 2, `/Root 1 0 R /Info 90 0 R /XRefStm ${start}`);
  output.write(`startxref\n${start}\n%%EOF\n`);
  return output.bytes();
}

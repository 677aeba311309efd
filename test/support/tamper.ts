/** An incremental update of a PDF, written by hand so that it can be wrong. */
export interface Update {
  /** Objects by number, as the text between `obj` and `endobj`. */
  readonly objects?: Readonly<Record<number, string>>;
  /** Numbers that are freed. */
  readonly freed?: readonly number[];
  /** Numbers whose table entry leads to a byte of the old file. */
  readonly pointed?: Readonly<Record<number, number>>;
  /** Changes the trailer's text. */
  readonly trailer?: (text: string) => string;
}

/** Appends an update with its own table, trailer and end, as any program would. */
export function update(
  pdf: Buffer,
  { objects = {}, freed = [], pointed = {}, trailer = (text) => text }: Update,
): Buffer {
  const text = pdf.toString("latin1");
  const start = pdf.length + (text.endsWith("\n") ? 0 : 1);
  let body = text.endsWith("\n") ? "" : "\n";
  const entries = new Map<number, string>();
  for (const [number, content] of Object.entries(objects)) {
    entries.set(Number(number), `${String(pdf.length + body.length).padStart(10, "0")} 00000 n \n`);
    body += `${number} 0 obj\n${content}\nendobj\n`;
  }
  for (const number of freed) entries.set(number, "0000000000 00001 f \n");
  for (const [number, at] of Object.entries(pointed))
    entries.set(Number(number), `${String(at).padStart(10, "0")} 00000 n \n`);
  const table = pdf.length + body.length;
  const sections = [...entries].sort(([a], [b]) => a - b).map(([number, entry]) => `${number} 1\n${entry}`);
  const old = /trailer\s*<<([\s\S]*?)>>\s*startxref\s+(\d+)\s+%%EOF/.exec(text.slice(text.lastIndexOf("trailer")));
  if (!old) throw new Error(`no trailer to go on from at ${start}`);
  const kept = (old[1] ?? "").replace(/\/Prev\s+\d+/, "").replace(/\/Size\s+\d+/, "/Size 1000");
  const written = trailer(`<<${kept} /Prev ${old[2]} >>`);
  const end = `xref\n${sections.join("")}trailer\n${written}\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.concat([pdf, Buffer.from(body + end, "latin1")]);
}

/**
 * Appends objects packed in a stream, with a table that is a stream. `index` says where in the stream the table puts each
 * object, which a reader may go by or not.
 */
export function packedUpdate(
  pdf: Buffer,
  objects: Readonly<Record<number, string>>,
  index: (at: number) => number,
): Buffer {
  const [container, table] = [400, 401];
  const entries = Object.entries(objects);
  const texts = entries.map(([, content]) => `${content} `);
  const heads = entries.map(([number], at) => `${number} ${texts.slice(0, at).join("").length}`).join(" ");
  const body = `${heads} ${texts.join("")}`;
  const dict = `/Type /ObjStm /N ${entries.length} /First ${heads.length + 1} /Length ${body.length}`;
  const packed = Buffer.from(`${container} 0 obj\n<< ${dict} >>\nstream\n${body}\nendstream\nendobj\n`, "latin1");
  const at = pdf.length + packed.length;
  const row = (kind: number, second: number, third: number) => {
    const bytes = Buffer.alloc(7);
    bytes.writeUInt8(kind, 0);
    bytes.writeUInt32BE(second, 1);
    bytes.writeUInt16BE(third, 5);
    return bytes;
  };
  const rows = [...entries.map((_, order) => row(2, container, index(order))), row(1, pdf.length, 0), row(1, at, 0)];
  const numbers = [...entries.map(([number]) => `${number} 1`), `${container} 2`].join(" ");
  const old = pdf.toString("latin1");
  const previous = [...old.matchAll(/startxref\s+(\d+)/g)].at(-1)?.[1];
  const kept = /\/ID\s*\[[^\]]*\]/.exec(old)?.[0] ?? "";
  const info = /\/Info \d+ 0 R/.exec(old)?.[0] ?? "";
  const root = /\/Root \d+ 0 R/.exec(old)?.[0];
  const head = `/Type /XRef /W [1 4 2] /Size 1000 /Index [${numbers}] ${root} ${info} ${kept} /Prev ${previous} /Length ${7 * rows.length}`;
  const start = Buffer.from(`${table} 0 obj\n<< ${head} >>\nstream\n`, "latin1");
  const end = Buffer.from(`\nendstream\nendobj\nstartxref\n${at}\n%%EOF\n`, "latin1");
  return Buffer.concat([pdf, packed, start, ...rows, end]);
}

/** Replaces bytes by others of the same length, the first or the last time that they stand there. */
export function overwrite(pdf: Buffer, old: string | RegExp, by: string | ((found: string) => string)): Buffer {
  const text = pdf.toString("latin1");
  const found = typeof old === "string" ? old : (old.exec(text)?.[0] ?? "");
  const at = text.indexOf(found);
  const written = typeof by === "string" ? by : by(found);
  if (found === "" || at < 0 || written.length !== found.length)
    throw new Error(`cannot overwrite ${old} by ${written}`);
  const copy = Buffer.from(pdf);
  copy.write(written, at, "latin1");
  return copy;
}

/** The text of an object as it stands last in the file. */
export function objectText(pdf: Buffer, number: number): string {
  const all = [...pdf.toString("latin1").matchAll(new RegExp(`\\n${number} 0 obj\\s([\\s\\S]*?)\\sendobj`, "g"))];
  const last = all.at(-1)?.[1];
  if (last === undefined) throw new Error(`no object ${number}`);
  return last;
}

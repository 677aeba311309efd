import { spawnSync } from "node:child_process";

/** A name in a PDF, as qpdf finds it: the object it stands in, the key that it stands under, itself. */
export interface QpdfName {
  readonly object: string;
  readonly key: string | undefined;
  readonly name: string;
}

/** What a name list says; the service's own or the product's. */
export interface NameRules {
  accepts(name: string): boolean;
  readonly skipped: ReadonlySet<string>;
  readonly unchecked: ReadonlySet<string>;
}

/** Whether qpdf can be asked. */
export const hasQpdf = spawnSync("qpdf", ["--version"]).status === 0;

/** The names of a PDF that the rules refuse, found with qpdf alone: an oracle for src/pdf/nemlogin/objections.ts. */
export function refusedByQpdf(path: string, rules: NameRules): QpdfName[] {
  const { stdout } = spawnSync("qpdf", ["--json=2", "--json-stream-data=none", path], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  const objects: Record<string, { value?: unknown; stream?: { dict: unknown } }> = JSON.parse(stdout).qpdf[1];
  const found: QpdfName[] = [];
  for (const [id, { value, stream }] of Object.entries(objects)) {
    const object = /^obj:(\d+ \d+) R$/.exec(id)?.[1];
    if (object === undefined) continue;
    const walk = (one: unknown, key: string | undefined): void => {
      if (Array.isArray(one)) for (const part of one) walk(part, key);
      else if (typeof one === "string" && one.startsWith("/")) note(plain(one), key);
      else if (typeof one === "object" && one !== null) {
        for (const [written, inner] of Object.entries(one)) {
          const own = plain(written);
          if (rules.skipped.has(own)) continue;
          note(own, own);
          if (!rules.unchecked.has(own)) walk(inner, own);
        }
      }
    };
    const note = (name: string, key: string | undefined) => {
      if (!rules.accepts(name)) found.push({ object, key, name });
    };
    walk(stream ? stream.dict : value, undefined);
  }
  return found;
}

function plain(name: string): string {
  return name.slice(1).replace(/#([0-9a-f]{2})/gi, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** One case: a plan, its results or a follow-up, what is changed in them, and what is to be said about them. */
export interface Case {
  /** The heading and the sentence above the case. */
  readonly name: string;
  readonly section: string;
  /** The file that is changed. */
  readonly changed: "plan.md" | "resultater.md" | "opfoelgning-2-kvartal.md";
  readonly text: string;
  /** The plan that a changed file beside it belongs to. */
  readonly plan: string | undefined;
  /** The change as `diff` writes it; undefined when the case has a plan of its own. */
  readonly patch: string | undefined;
  readonly expected: string;
  /** The line of the file (from 0) after which the expected lines stand. */
  readonly expectedAt: number;
}

/** A file of cases. */
export interface CaseFile {
  readonly name: string;
  readonly lines: readonly string[];
  readonly cases: readonly Case[];
}

interface Fence {
  readonly language: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a file of cases. Before its first section stands the plan that they change; or a plan, and then the results that
 * they change, or in a file whose name begins with »opfoelgning« the follow-up.
 */
export function readCases(name: string, text: string): CaseFile {
  const lines = text.split("\n");
  const beside = name.startsWith("opfoelgning") ? "opfoelgning-2-kvartal.md" : "resultater.md";
  const cases: Case[] = [];
  let section = "";
  let sentence = "";
  const bases: string[] = [];
  let change: Fence | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line.startsWith("## ")) section = line.slice(3);
    const fence = fenceAt(lines, at);
    if (!fence) {
      if (line.trim() !== "" && !line.startsWith("#")) sentence = line.replace(/:$/, "");
      continue;
    }
    at = fence.end;
    if (fence.language === "markdown" && section === "") bases.push(fence.text);
    else if (fence.language === "markdown" || fence.language === "diff") change = fence;
    else {
      if (!change) throw new Error(`${name}:${fence.start + 1}: nothing to expect this of`);
      cases.push({
        name: sentence === "" ? section : `${section}: ${sentence}`,
        section,
        ...changedFile(bases, change, beside),
        expected: fence.text,
        expectedAt: fence.start,
      });
      change = undefined;
      sentence = "";
    }
  }
  return { name, lines, cases };
}

function changedFile(
  [plan = "", results]: readonly string[],
  { language, text }: Fence,
  beside: Exclude<Case["changed"], "plan.md">,
): Pick<Case, "changed" | "text" | "plan" | "patch"> {
  const [whole, patch] = language === "diff" ? [results ?? plan, text] : [text, undefined];
  return results === undefined
    ? { changed: "plan.md", text: whole, plan: undefined, patch }
    : { changed: beside, text: whole, plan, patch };
}

function fenceAt(lines: readonly string[], start: number): Fence | undefined {
  const opening = /^(`{3,})(\w*)$/.exec(lines[start] ?? "");
  if (!opening) return undefined;
  const end = lines.indexOf(opening[1] ?? "", start + 1);
  if (end === -1) throw new Error(`line ${start + 1}: the block does not end`);
  return { language: opening[2] ?? "", text: lines.slice(start + 1, end).join("\n"), start, end };
}

/**
 * Changes a text as a diff says: lines with - are taken out, lines with + put in, lines with a space stand as they are
 * and show the place. An empty line parts two changes. Each must fit in one place only.
 */
export function applyPatch(changed: string, patch: string): string {
  return patch.split(/\n\n+/).reduce((text, hunk) => {
    const lines = hunk.split("\n");
    const side = (sign: "-" | "+") =>
      lines.flatMap((line) => (line.startsWith(sign) || line.startsWith(" ") ? [`${line.slice(1)}\n`] : [])).join("");
    const wrong = lines.find((line) => !/^[-+ ]/.test(line));
    if (wrong !== undefined) throw new Error(`neither -, + nor space: ${wrong}`);
    const before = side("-");
    const places = `\n${text}\n`.split(`\n${before}`).length - 1;
    if (places !== 1) throw new Error(`there are ${places} places like this:\n${before}`);
    return `\n${text}\n`.replace(`\n${before}`, () => `\n${side("+")}`).slice(1, -1);
  }, changed);
}

/** What cannot be read in a file of cases: `⟨U+00AD⟩` is that character, `⟨41 × [⟩` is 41 of them, `⟨byte FF⟩` a byte. */
export function expandNotation(text: string): Buffer {
  const written = text
    .replace(/⟨(\d+) × ([^⟩]+)⟩/g, (_all, count: string, piece: string) =>
      piece.replaceAll("⏎", "\n").repeat(Number(count)),
    )
    .replace(/⟨U\+([0-9A-F]{4,5})⟩/g, (_all, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
  const pieces = written.split(/⟨byte ([0-9A-F]{2})⟩/);
  return Buffer.concat(
    pieces.map((piece, index) => (index % 2 === 1 ? Buffer.from(piece, "hex") : Buffer.from(piece, "utf8"))),
  );
}

/** The file with what was found in the place of what was expected. */
export function withExpectations(file: CaseFile, found: ReadonlyMap<number, string>): string {
  const written = file.cases.map((one) => ({ ...one, said: found.get(one.expectedAt) ?? one.expected }));
  const lines = [...file.lines];
  for (const { expected, expectedAt, said } of written.reverse()) {
    lines.splice(expectedAt + 1, expected === "" ? 0 : expected.split("\n").length, ...said.split("\n"));
  }
  return lines.join("\n");
}

/** The first line of a block directive, taken apart: `:::mål gruppe="koncern" 1.1`. */
export interface DirectiveHead {
  readonly name: string;
  /** Arguments without a key, in order. */
  readonly words: readonly string[];
  readonly named: Readonly<Record<string, string>>;
  /** What could not be read, for example a quotation mark that is not closed. */
  readonly rest: string;
}

/** Reads `:::name word key=value key="a value"`, with the quotation marks of Word too. */
export function parseDirectiveHead(line: string): DirectiveHead {
  const head = /^:::\s*([\p{L}\p{N}_-]*)/u.exec(line);
  let rest = line.slice(head?.[0].length ?? 3).trim();
  const words: string[] = [];
  const named: Record<string, string> = Object.create(null);
  const argument = /^(?:([\p{L}_-]+)=)?(?:"([^"]*)"|[“”„»]([^“”„»«]*)[“”«]|([^\s"=]+))(?:\s+|$)/u;
  for (let match = argument.exec(rest); match && rest !== ""; match = argument.exec(rest)) {
    const value = match[2] ?? match[3] ?? match[4] ?? "";
    if (match[1]) named[match[1]] = value;
    else words.push(value);
    rest = rest.slice(match[0].length);
  }
  return { name: head?.[1] ?? "", words, named, rest };
}

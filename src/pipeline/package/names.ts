/** How a certificate's name stands to a signatory's. */
export type NameFit =
  | { readonly kind: "same" }
  /** The same person as far as can be seen: middle names, initials or spelling differ. */
  | { readonly kind: "alike"; readonly difference: "spelling" | "middle names" }
  | { readonly kind: "other" };

/**
 * Holds the name in a certificate against the one in the plan. First name and last name must be there; names between may be
 * missing or be initials, and æ, ø, å may be spelled out.
 */
export function nameFit(planned: string, certified: string): NameFit {
  const [ours, theirs] = [namesIn(planned), namesIn(certified)];
  if (ours.join(" ") === theirs.join(" ")) return { kind: "same" };
  const [plainOurs, plainTheirs] = [ours.map(spelledOut), theirs.map(spelledOut)];
  if (plainOurs.join(" ") === plainTheirs.join(" ")) return { kind: "alike", difference: "spelling" };
  if (ours.length < 2 || theirs.length < 2 || plainOurs[0] !== plainTheirs[0]) return { kind: "other" };
  if (plainOurs.at(-1) !== plainTheirs.at(-1)) return { kind: "other" };
  const [between, others] = [plainOurs.slice(1, -1), plainTheirs.slice(1, -1)];
  const [fewer, more] = between.length <= others.length ? [between, others] : [others, between];
  return isPart(fewer, more) ? { kind: "alike", difference: "middle names" } : { kind: "other" };
}

/** Whether names stand in others in their order, each as itself or as its initial. */
function isPart(fewer: readonly string[], more: readonly string[]): boolean {
  let at = 0;
  return fewer.every((name) => {
    while (at < more.length && !fits(name, more[at] ?? "")) at += 1;
    at += 1;
    return at <= more.length;
  });
}

function fits(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length === 1 && long.startsWith(short);
}

/** The single names, small letters, without points and the hyphen of double names. */
function namesIn(name: string): string[] {
  return name
    .normalize("NFC")
    .toLowerCase()
    .split(/[\s.,\-\u2010-\u2015]+/u)
    .filter((one) => one !== "");
}

function spelledOut(name: string): string {
  return name.replaceAll("æ", "ae").replaceAll("ø", "oe").replaceAll("å", "aa").normalize("NFD").replace(/\p{M}/gu, "");
}

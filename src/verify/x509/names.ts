import { children, type Der, sequence } from "../der/der.ts";
import { oid } from "../der/values.ts";

/** One part of a distinguished name (RFC 5280, 4.1.2.4). */
export interface NamePart {
  /** The attribute's object identifier. */
  readonly type: string;
  readonly text: string;
}

/** The parts of a distinguished name in their order, without what a terminal would obey: that is nothing a name may hold. */
export function nameParts(name: Der): NamePart[] {
  return sequence(name).flatMap((set) =>
    children(set).map((pair) => {
      const [type, value] = sequence(pair);
      const text = value ? directoryString(value) : "";
      return { type: oid(type), text: text.replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD") };
    }),
  );
}

/** The common name of a distinguished name, else its organisation, else its last part; for people to read. */
export function shownName(name: Der): string {
  const parts = nameParts(name);
  const chosen = ["2.5.4.3", "2.5.4.10"].map((type) => parts.findLast((part) => part.type === type)).find(Boolean);
  return (chosen ?? parts.at(-1))?.text ?? "uden navn";
}

function directoryString(value: Der): string {
  if (value.tag === 0x1e) return new TextDecoder("utf-16be").decode(value.content);
  return value.tag === 0x0c ? new TextDecoder().decode(value.content) : Buffer.from(value.content).toString("latin1");
}

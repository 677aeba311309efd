import { children, type Der, sequence } from "../der/der.ts";
import { oid } from "../der/values.ts";

/** The common name of a distinguished name, else its organisation, else its last part; for people to read. */
export function shownName(name: Der): string {
  const parts = sequence(name).flatMap((set) =>
    children(set).map((pair) => {
      const [type, value] = sequence(pair);
      return { type: oid(type), text: value ? directoryString(value) : "" };
    }),
  );
  const chosen = ["2.5.4.3", "2.5.4.10"].map((type) => parts.findLast((part) => part.type === type)).find(Boolean);
  // What a terminal would obey is nothing that a name may hold.
  return (chosen ?? parts.at(-1))?.text.replace(/[\p{Cc}\p{Cf}]/gu, "\uFFFD") ?? "uden navn";
}

function directoryString(value: Der): string {
  if (value.tag === 0x1e) return new TextDecoder("utf-16be").decode(value.content);
  return value.tag === 0x0c ? new TextDecoder().decode(value.content) : Buffer.from(value.content).toString("latin1");
}

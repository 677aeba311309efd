import { styleText } from "node:util";

/** Colours a piece of text, or leaves it as it is where colours are not wanted. */
export type Paint = (style: "red" | "yellow" | "green" | "cyan" | "dim" | "bold", text: string) => string;

/** Colours for a terminal; none in a pipe or where NO_COLOR asks for none. */
export function paintFor(stream: { isTTY?: boolean }, environment: NodeJS.ProcessEnv): Paint {
  const coloured = stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== "dumb";
  return coloured ? (style, text) => styleText(style, text) : (_style, text) => text;
}

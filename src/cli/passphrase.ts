import { Failure } from "../core/failure.ts";
import { readBytes } from "../core/files.ts";

/** The variable that a pass phrase may stand in. */
export const PASSPHRASE_VARIABLE = "RESULTATPLAN_KODEORD";

/**
 * The pass phrase of a key file: from a file, else from the environment, else from the person at the terminal, who does not
 * see what is typed. Never from the command line, which every program on the machine can read.
 *
 * @throws Failure `kodeord-mangler` where there is nobody to ask.
 */
export async function askPassphrase(file: string | undefined, keyFile: string, signal: AbortSignal): Promise<string> {
  if (file !== undefined) {
    const bytes = await readBytes(file);
    if (!bytes) throw missing(`Filen med adgangskoden, ${file}, findes ikke.`);
    return Buffer.from(bytes)
      .toString("utf8")
      .replace(/\r?\n$/, "");
  }
  const given = process.env[PASSPHRASE_VARIABLE];
  if (given !== undefined) return given;
  if (!process.stdin.isTTY) throw missing(`Adgangskoden til ${keyFile} mangler.`);
  return prompt(`Adgangskode til ${keyFile}: `, signal);
}

function missing(message: string): Failure {
  return new Failure("signature", "kodeord-mangler", message, {
    hint: `Skriv den i en fil, og giv dens navn med --passphrase-file, eller sæt ${PASSPHRASE_VARIABLE}.`,
  });
}

/** Keys as a terminal sends them. */
const ENTER = ["\r", "\n"];
/** Ctrl-C, and Ctrl-D, which ends an input. */
const INTERRUPT = ["\u0003", "\u0004"];
const ERASE = ["\b", "\u007f"];

function prompt(question: string, signal: AbortSignal): Promise<string> {
  const { stdin, stderr } = process;
  // Before the question: whoever is quick must not see what they type.
  stdin.setRawMode(true);
  stderr.write(question);
  stdin.setEncoding("utf8");
  stdin.resume();
  return new Promise((resolve, reject) => {
    let typed = "";
    const end = () => {
      stdin.off("data", hear);
      signal.removeEventListener("abort", stop);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write("\n");
    };
    const stop = () => {
      end();
      reject(new Failure("interrupted", "afbrudt", "Afbrudt."));
    };
    const hear = (text: string) => {
      for (const character of text) {
        if (INTERRUPT.includes(character)) return stop();
        if (ENTER.includes(character)) {
          end();
          return resolve(typed);
        }
        typed = ERASE.includes(character) ? [...typed].slice(0, -1).join("") : typed + character;
      }
    };
    stdin.on("data", hear);
    signal.addEventListener("abort", stop);
  });
}

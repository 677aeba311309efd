import { dirname } from "node:path";
import { type Checked, checked, type Diagnostic, error, inReadingOrder } from "../../core/diagnostic.ts";
import { Failure } from "../../core/failure.ts";
import { readBytes } from "../../core/files.ts";
import { decodeSource } from "../../core/reading.ts";
import type { Source } from "../../core/source.ts";
import { didYouMean, nearest } from "../../core/suggest.ts";
import { parseBody } from "../../plan/body.ts";
import { type FrontMatter, readFrontMatter } from "../../plan/front-matter.ts";
import { FrontMatterTexts } from "../../plan/front-matter-texts.ts";
import { readImages } from "../../plan/images.ts";
import { passageOf } from "../../plan/passage.ts";
import type { ImageUse } from "../../plan/prose.ts";
import { textDiagnostics } from "../../plan/rules/all.ts";
import { readWritten } from "../../plan/written.ts";
import { given, number } from "../../plan/written-values.ts";
import { bodyDiagnostics } from "../analyses.ts";
import type { Assessment } from "../assessment.ts";
import type { Pay, PayLine } from "./pay.ts";
import { paySchema, type WrittenPay } from "./schema.ts";

/** A calculation and the pictures that its remarks show. */
export interface LoadedPay {
  readonly pay: Pay;
  /** The file it was read from. */
  readonly source: Source;
  readonly images: ReadonlyMap<string, Uint8Array>;
  /** The file, byte by byte. */
  readonly bytes: Uint8Array;
}

/** Reads a plan's `resultatloen.md`. A missing file is a `Failure`: nobody asks for a calculation without one. */
export async function loadPay(path: string, assessment: Assessment): Promise<Checked<LoadedPay>> {
  const bytes = await readBytes(path);
  if (!bytes)
    throw new Failure("plan", "resultatløn-mangler", `Filen ${path} findes ikke.`, {
      hint: "Beregningen skrives i resultatloen.md i planens mappe; se docs/resultater.md.",
    });
  const source = decodeSource(path, bytes);
  if (!source.value) return checked<LoadedPay>(undefined, source.diagnostics);
  const { value, diagnostics, images } = parsePay(source.value, assessment);
  const { files, problems } = await readImages(dirname(path), images);
  const loaded = value && { pay: value, source: source.value, images: files, bytes };
  return checked(loaded, inReadingOrder([...diagnostics, ...problems]));
}

const standIns = { modtager: "?", grundlag: {}, skøn: { pct: "0" }, pct: "0" };

/** Reads the text of a calculation and holds it against the plan. */
export function parsePay(
  source: Source,
  assessment: Assessment,
): Checked<Pay> & { readonly images: readonly ImageUse[] } {
  const parts = readFrontMatter(source);
  const written = parts.value && readWritten(paySchema, standIns, parts.value);
  const text = parts.body && parseBody(passageOf(parts.body), assessment.plan, []);
  const reader = parts.value && new PayReader(parts.value, assessment, written?.faults ?? []);
  const pay = reader && written?.data ? reader.read(written.data) : undefined;
  const remarks = (text?.body.blocks ?? []).flatMap((block) => (block.kind === "prose" ? [block.prose] : []));
  const diagnostics = [
    ...parts.diagnostics,
    ...(written?.diagnostics ?? []),
    ...(reader?.diagnostics ?? []),
    ...(text ? bodyDiagnostics(text.body, text.diagnostics) : []),
  ];
  return {
    ...checked(pay && { ...pay, remarks }, inReadingOrder(diagnostics)),
    images: [...(reader?.texts.images ?? []), ...(text?.body.images ?? [])],
  };
}

class PayReader {
  readonly texts: FrontMatterTexts;
  readonly #problems: Diagnostic[] = [];
  readonly #front: FrontMatter;
  readonly #assessment: Assessment;
  readonly #faults: readonly (readonly PropertyKey[])[];

  constructor(front: FrontMatter, assessment: Assessment, faults: readonly (readonly PropertyKey[])[]) {
    this.texts = new FrontMatterTexts(front, textDiagnostics);
    this.#front = front;
    this.#assessment = assessment;
    this.#faults = faults;
  }

  get diagnostics(): Diagnostic[] {
    return [...this.#problems, ...this.texts.diagnostics];
  }

  read(written: WrittenPay): Omit<Pay, "remarks"> {
    return {
      example: written.eksempel === "ja" || written.eksempel === "true",
      recipient: written.modtager,
      ...given("title", written.stilling),
      ...given("maximum", written.maksimum === undefined ? undefined : number(written.maksimum)),
      lines: this.#lines(written),
      ...given(
        "discretion",
        written.skøn && {
          percent: number(written.skøn.pct),
          ...given("grounds", this.texts.optional(["skøn", "begrundelse"], written.skøn.begrundelse)),
        },
      ),
    };
  }

  #lines(written: WrittenPay): PayLine[] {
    const { payShares } = this.#assessment.plan;
    const at = this.#front.keySpan(["grundlag"]);
    const grounds = payShares.map((share) => share.ground);
    if (payShares.length === 0) {
      this.#problems.push(
        error(
          "resultatløn",
          at,
          "Planen har ingen resultatløn.",
          "Skriv resultatløn: i plan.md med hvert grundlags del.",
        ),
      );
      return [];
    }
    const unknown = Object.keys(written.grundlag).filter((name) => !grounds.includes(name));
    const meant = unknown.map((name) => nearest(name, grounds));
    for (const name of unknown)
      this.#problems.push(
        error(
          "ukendt-grundlag",
          this.#front.keySpan(["grundlag", name]),
          `Planens resultatløn har intet grundlag »${name}«.`,
          didYouMean(name, grounds),
        ),
      );
    return payShares.flatMap(({ ground, share }): PayLine[] => {
      const given = written.grundlag[ground];
      if (given === undefined) {
        const faulty = this.#faults.some((path) => path[0] === "grundlag" && (path.length === 1 || path[1] === ground));
        if (!faulty && !meant.includes(ground))
          this.#problems.push(
            error("grundlag-mangler", at, `Grundlaget »${ground}« mangler.`, `Skriv ${ground}: under grundlag:.`),
          );
        return [];
      }
      return [{ ground, share, ...this.#reached(ground, given) }];
    });
  }

  #reached(ground: string, written: WrittenPay["grundlag"][string]): Omit<PayLine, "ground" | "share"> {
    if (written !== "målopfyldelse") {
      const grounds = this.texts.optional(["grundlag", ground, "begrundelse"], written.begrundelse);
      return { percent: number(written.pct), computed: false, ...given("grounds", grounds) };
    }
    const { score, results } = this.#assessment;
    const percent = score.percent ?? results.total?.percent;
    if (!percent)
      this.#problems.push(
        error(
          "målopfyldelse-uden-tal",
          this.#front.spanOf(["grundlag", ground]),
          "Planens metode giver ingen målopfyldelse i procent.",
          "Skriv pct: og begrundelse: i stedet.",
        ),
      );
    return { percent: percent ?? number("0"), computed: true };
  }
}

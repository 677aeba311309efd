import type { PdfState } from "../reader/document.ts";
import { dictOf, nameOf, type PdfObject, PdfRef } from "../reader/objects.ts";
import { type Change, forbidden } from "./change.ts";
import type { Page } from "./pages.ts";
import { reach } from "./reach.ts";

/** Ways back up, along which everything can be reached. */
const upward = ["Parent", "P", "Pg", "Popup", "IRT", "Dest", "A"];

/** Says of an object that was changed what it belongs to. Computed when something was changed, and once. */
export class Places {
  readonly #state: PdfState;
  readonly #pages: readonly Page[];
  #sets: readonly (readonly [ReadonlySet<number>, () => Change])[] | undefined;

  constructor(state: PdfState, pages: readonly Page[]) {
    this.#state = state;
    this.#pages = pages;
  }

  /** The change that replacing or removing this object is. */
  changeOf(number: number): Change {
    const page = this.#pages.find((one) => one.number === number);
    if (page) return pageChange(page);
    for (const [set, change] of this.#all()) if (set.has(number)) return change();
    return forbidden("objekt-ændret", `Objekt ${number} er ændret efter underskriften.`);
  }

  #all() {
    this.#sets ??= this.#compute();
    return this.#sets;
  }

  #compute(): (readonly [ReadonlySet<number>, () => Change])[] {
    const state = this.#state;
    const { catalog } = state;
    const entry = (...keys: string[]) => keys.flatMap((key) => catalog.entries.get(key) ?? []);
    const names = state.dict(catalog, "Names");
    const stop = new Set(this.#pages.map((page) => page.number));
    const from = (roots: readonly PdfObject[]) =>
      reach(state, roots, (number) =>
        stop.has(number) ? [...(dictOf(state.object(number))?.entries.keys() ?? [])] : upward,
      );
    const annotations = this.#pages.flatMap((page) => page.dict.entries.get("Annots") ?? []);
    const scripts = [...entry("OpenAction", "AA"), names?.entries.get("JavaScript") ?? null];
    const attachments = [
      names?.entries.get("EmbeddedFiles") ?? null,
      ...entry("AF"),
      ...this.#fileAnnotations(annotations),
    ];
    const page = (one: Page) =>
      [...one.dict.entries].filter(([key]) => !["Parent", "Annots"].includes(key)).map(([, value]) => value);
    const tree = new Set([
      ...reach(state, entry("Pages"), (number) =>
        stop.has(number) ? [...(dictOf(state.object(number))?.entries.keys() ?? [])] : upward,
      ),
    ]);
    return [
      [
        from([...(state.dict(state.trailer, "Info")?.entries.values() ?? [])]),
        () => forbidden("metadata-ændret", "Filens oplysninger om sig selv er ændret efter underskriften."),
      ],
      [from(attachments), () => forbidden("bilag-ændret", "Et bilag er ændret efter underskriften.")],
      [from(scripts), () => forbidden("script-ændret", "Filens script er ændret efter underskriften.")],
      ...this.#pages.map(
        (one) => [new Set([...from(page(one))].filter((number) => !stop.has(number))), () => pageChange(one)] as const,
      ),
      [tree, () => forbidden("sider-ændret", "Filens sider er skiftet, flyttet eller fjernet efter underskriften.")],
      [from(entry("AcroForm")), () => forbidden("felt-ændret", "Filens felter er ændret efter underskriften.")],
      [from(annotations), () => forbidden("kommentar-ændret", "En kommentar er ændret efter underskriften.")],
      [
        from(entry("StructTreeRoot")),
        () => ({
          kind: "structure",
          code: "struktur-ændret",
          message: "Filens opmærkning for skærmlæsere er ændret efter underskriften.",
        }),
      ],
      [
        from(entry("Outlines", "Dests", "Names")),
        () => forbidden("katalog-ændret", "Filens bogmærker eller navne er ændret efter underskriften."),
      ],
    ];
  }

  #fileAnnotations(arrays: readonly PdfObject[]): PdfObject[] {
    return arrays
      .flatMap((one) => this.#state.resolve(one))
      .filter((one) => one instanceof PdfRef && nameOf(this.#state.value(one, "Subtype")) === "FileAttachment");
  }
}

function pageChange(page: Page): Change {
  return forbidden("side-ændret", `Side ${page.index} er ændret efter underskriften.`);
}

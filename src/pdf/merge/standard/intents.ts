import { PDFName, type PDFObject } from "pdf-lib";
import type { Copier } from "../copier.ts";
import type { Source } from "../read/source.ts";
import { asDict, dictAt, listAt, nameAt, numberAt, resolved } from "../read/values.ts";

/** What the colours of a file mean that are a device's (ISO 19005, output intents). */
export interface JoinedIntents {
  /** The intents of the first part that has any. */
  readonly entries: readonly PDFObject[];
  /** Whether they mean the same kind of colour (the same number of components) in every part that has any. */
  readonly agree: boolean;
}

/** A document has one output intent; the first that there is holds for the whole. */
export function joinIntents(parts: readonly { readonly source: Source; readonly copier: Copier }[]): JoinedIntents {
  const components = new Set<number>();
  let entries: PDFObject[] | undefined;
  for (const { source, copier } of parts) {
    const list = listAt(source.catalog, "OutputIntents");
    if (list.length > 0) entries ??= list.map((one) => copier.copy(one));
    for (const one of list) {
      const intent = asDict(resolved(source.catalog.context, one));
      const profile = intent && nameAt(intent, "S") === "GTS_PDFA1" ? dictAt(intent, "DestOutputProfile") : undefined;
      if (profile?.has(PDFName.of("N"))) components.add(numberAt(profile, "N") ?? 0);
    }
  }
  return { entries: entries ?? [], agree: components.size <= 1 };
}

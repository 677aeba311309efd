import { type PDFContext, type PDFDict, PDFName, PDFRawStream, PDFString } from "pdf-lib";
import { isoDate } from "../../core/date.ts";
import { compressed } from "../compress.ts";
import { textString } from "../text-string.ts";
import { CREATOR, type FinishFacts } from "./facts.ts";
import { srgbProfile } from "./srgb.ts";
import { compressedAlready } from "./streams.ts";
import { type Claims, xmpPacket } from "./xmp.ts";

/** Writes the metadata, twice, as ISO 19005-3, 6.6.3 wants it: an information dictionary and XMP that agree. */
export function writeMetadata(
  context: PDFContext,
  catalog: PDFDict,
  facts: FinishFacts,
  producer: string,
  claims: Claims,
): void {
  const day = PDFString.of(`${pdfDay(facts)}Z`);
  context.trailerInfo.Info = context.register(
    context.obj({
      Title: textString(facts.title),
      Author: textString(facts.author),
      Subject: textString(facts.subject),
      Keywords: textString(facts.keywords.join(", ")),
      Creator: textString(CREATOR),
      Producer: textString(producer),
      CreationDate: day,
      ModDate: day,
    }),
  );
  const packet = xmpPacket(facts, producer, claims);
  // Not compressed, so that any program finds it.
  const dictionary = context.obj({ Type: "Metadata", Subtype: "XML", Length: packet.length });
  catalog.set(PDFName.of("Metadata"), context.register(PDFRawStream.of(dictionary, packet)));
  catalog.set(PDFName.of("Lang"), PDFString.of(facts.language));
  catalog.set(PDFName.of("ViewerPreferences"), context.obj({ DisplayDocTitle: true }));
  catalog.set(PDFName.of("MarkInfo"), context.obj({ Marked: true }));
}

/** The moment as PDF writes it, without its zone: midnight of the facts' day. */
export function pdfDay(facts: FinishFacts): string {
  return `D:${isoDate(facts.date).replaceAll("-", "")}000000`;
}

/** The profile in its compressed form, made once. */
let packedProfile: Uint8Array | undefined;

/** Says what the colours of the print mean (ISO 19005-3, 6.2.3): they are a screen's, sRGB. */
export function writeOutputIntent(context: PDFContext, catalog: PDFDict): void {
  packedProfile ??= compressed(srgbProfile());
  const profile = context.register(compressedAlready(context, packedProfile, context.obj({ N: 3 })));
  const intent = context.obj({
    Type: "OutputIntent",
    S: "GTS_PDFA1",
    OutputConditionIdentifier: PDFString.of("sRGB IEC61966-2.1"),
    Info: PDFString.of("sRGB IEC61966-2.1"),
    DestOutputProfile: profile,
  });
  catalog.set(PDFName.of("OutputIntents"), context.obj([intent]));
}

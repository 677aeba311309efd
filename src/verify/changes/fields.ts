import { changedKeys, sameObject } from "../reader/equal.ts";
import { dictOf, nameOf, PdfDict, PdfRef } from "../reader/objects.ts";
import { type Field, signatureIn } from "../signatures/fields.ts";
import { type Change, forbidden } from "./change.ts";
import type { Comparison } from "./comparison.ts";

/** What filling in a field or signing in it changes in the field and its widgets (ISO 32000-2, tables 166, 191 and 226). */
const filling = ["V", "AP", "AS", "I", "M"];
const signing = ["V", "AP", "M", "F", "MK", "DA"];

/** The changes to the fields that were there, and the fields that came. */
export function fieldChanges(comparison: Comparison): Change[] {
  const after = new Map(comparison.fieldsAfter.map((field) => [field.number ?? field.name, field]));
  return [
    ...comparison.fieldsBefore.flatMap((field) =>
      compareField(comparison, field, after.get(field.number ?? field.name)),
    ),
    ...comparison.newFields.flatMap((field) => newField(comparison, field)),
  ];
}

/** What happened to a field, judged by its kind and by whether it was signed already. */
function compareField(comparison: Comparison, before: Field, after: Field | undefined): Change[] {
  const { signed, last } = comparison;
  const there = signatureIn(signed, before);
  const name = before.name;
  if (!after || after.type !== before.type)
    return [
      there
        ? forbidden("underskrift-fjernet", `Underskriften i feltet »${name}« er fjernet.`)
        : forbidden("felt-fjernet", `Feltet »${name}« er fjernet.`),
    ];
  const keys = new Set(objectKeys(comparison, before));
  if (!sameObject(before.value, after.value)) keys.add("V");
  if (keys.size === 0) return [];
  if (there) return [changedSigned(name, keys, signatureIn(last, after) !== undefined)];
  if (before.type !== "Sig") {
    return [...keys].every((key) => filling.includes(key))
      ? [
          {
            kind: "filling",
            code: "felt-udfyldt",
            message: `Feltet »${name}« er udfyldt efter underskriften.`,
            field: name,
          },
        ]
      : [forbidden("felt-ændret", `Feltet »${name}« er ændret efter underskriften.`)];
  }
  if (!comparison.isSignedSince(after) || ![...keys].every((key) => signing.includes(key)))
    return [forbidden("felt-ændret", `Underskriftsfeltet »${name}« er ændret efter underskriften.`)];
  if (isArchiveStamp(comparison, after))
    return [
      {
        kind: "archive",
        code: "tidsstempel-tilføjet",
        message: `Et tidsstempel er sat i feltet »${name}«.`,
        field: name,
      },
    ];
  return [
    {
      kind: "signing",
      code: "underskrevet-siden",
      message: `Der er siden skrevet under i feltet »${name}«.`,
      field: name,
    },
  ];
}

function changedSigned(name: string, keys: ReadonlySet<string>, still: boolean): Change {
  if (!still) return forbidden("underskrift-fjernet", `Underskriften i feltet »${name}« er fjernet.`);
  if (keys.has("V"))
    return forbidden("underskrift-skiftet", `Underskriften i feltet »${name}« er skiftet ud med en anden.`);
  if (keys.has("AP") || keys.has("Rect") || keys.has("F") || keys.has("AS"))
    return forbidden("udseende-ændret", `Det, der ses af underskriften i feltet »${name}«, er ændret.`);
  return forbidden("felt-ændret", `Feltet »${name}«, som er underskrevet, er ændret.`);
}

/** The keys that differ in the field's object and in its widgets; an appearance that was rewritten in place counts as AP. */
function objectKeys({ signed, last }: Comparison, field: Field): string[] {
  const numbers = field.number === undefined ? field.widgets : [field.number, ...field.widgets];
  return numbers.flatMap((number) => {
    const [before, after] = [signed.object(number), last.object(number)];
    if (before instanceof PdfDict && after instanceof PdfDict) return changedKeys(before, after);
    // A stream can be made to pass for a widget; its keys alone would say nothing of its bytes.
    return sameObject(before, after) ? [] : ["Kids"];
  });
}

function newField(comparison: Comparison, field: Field): Change[] {
  const { name } = field;
  if (field.type !== "Sig") return [forbidden("felt-tilføjet", `Feltet »${name}« er tilføjet efter underskriften.`)];
  // A field that lay in the file before without being in the form was made ready for this.
  if (field.number !== undefined && comparison.signed.place(field.number)?.kind === "offset")
    return [forbidden("felt-ændret", `Feltet »${name}« lå gemt i filen, da der blev skrevet under.`)];
  // Without a signature nobody answers for what it shows; with another field's, nobody has signed in it.
  if (!comparison.isSignedSince(field))
    return [
      forbidden(
        "felt-tilføjet",
        `Underskriftsfeltet »${name}« er tilføjet efter underskriften, uden at nogen har skrevet under i det.`,
      ),
    ];
  // A drawing that passes for a field is drawn as a drawing; a field that is no annotation is not drawn at all.
  const subtypeOf = (widget: number) => nameOf(comparison.last.value(new PdfRef(widget, 0), "Subtype")) ?? "Widget";
  if (field.widgets.some((widget) => subtypeOf(widget) !== "Widget")) {
    const message = `Underskriftsfeltet »${name}«, som er tilføjet efter underskriften, er samtidig en tegning eller en kommentar.`;
    return [forbidden("felt-tilføjet", message)];
  }
  // A script on the page can put other words on it than those that were signed.
  if ([field.dict, ...field.widgets.map((widget) => new PdfRef(widget, 0))].some((one) => comparison.acts(one)))
    return [
      forbidden(
        "script-tilføjet",
        `Underskriftsfeltet »${name}«, som er tilføjet efter underskriften, gør noget, når filen ses eller feltet bruges.`,
      ),
    ];
  const visible = field.widgets.some((widget) => comparison.isVisible(widget));
  if (!visible) {
    return isArchiveStamp(comparison, field)
      ? [{ kind: "archive", code: "tidsstempel-tilføjet", message: `Tidsstemplet »${name}« er tilføjet.`, field: name }]
      : [
          {
            kind: "signing",
            code: "underskrevet-siden",
            message: `Der er siden skrevet under i et nyt felt, »${name}«.`,
            field: name,
          },
        ];
  }
  const message = `Underskriftsfeltet »${name}«, som kan ses, er tilføjet efter underskriften.`;
  const covers = field.widgets.some((widget) => comparison.isVisible(widget) && comparison.mayCover(widget));
  return [{ kind: "new visible field", code: "synligt-felt-tilføjet", message, field: name, covers }];
}

/** A document time stamp (ETSI EN 319 142-1, 5.4.3) that shows nothing. One that shows something is a signature like others. */
function isArchiveStamp(comparison: Comparison, field: Field): boolean {
  const { last } = comparison;
  const signature = signatureIn(last, field);
  const names = [nameOf(last.value(signature, "Type")), nameOf(last.value(signature, "SubFilter"))];
  return (
    names.join(" ") === "DocTimeStamp ETSI.RFC3161" && !field.widgets.some((widget) => comparison.isVisible(widget))
  );
}

/** The fields whose appearance an object is part of; used when it is rewritten where it stands. */
export function appearanceChange(field: Field, signed: boolean): Change {
  return signed
    ? forbidden("udseende-ændret", `Det, der ses af underskriften i feltet »${field.name}«, er ændret.`)
    : {
        kind: "filling",
        code: "felt-udfyldt",
        message: `Det, der ses i feltet »${field.name}«, er ændret.`,
        field: field.name,
      };
}

/** The appearance of a field's widgets, to be reached from. */
export function appearancesOf(comparison: Comparison, field: Field) {
  const numbers = field.number === undefined ? field.widgets : [field.number, ...field.widgets];
  return numbers.flatMap((number) => dictOf(comparison.signed.resolve(new PdfRef(number, 0)))?.entries.get("AP") ?? []);
}

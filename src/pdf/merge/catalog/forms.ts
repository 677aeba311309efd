import { PDFBool, type PDFContext, type PDFDict, PDFName, PDFNumber, type PDFObject } from "pdf-lib";
import { Failure } from "../../../core/failure.ts";
import { textOfName } from "../../names.ts";
import type { Copier } from "../copier.ts";
import type { Source } from "../read/source.ts";
import { asDict, dictAt, listAt, numberAt, resolved, textAt } from "../read/values.ts";

/** A part's form (ISO 32000-1, 12.7.2), if it has fields. */
function formOf(source: Source): PDFDict | undefined {
  const form = dictAt(source.catalog, "AcroForm");
  return form && (listAt(form, "Fields").length > 0 || form.has(PDFName.of("XFA"))) ? form : undefined;
}

/**
 * Refuses forms that do not go together: two with a field of one name would be one field, filled in at once in both.
 *
 * @throws Failure `formularfelter`
 */
export function refuseClashingForms(sources: readonly Source[]): void {
  const owners = new Map<string, string>();
  const forms = sources.flatMap((source) => {
    const form = formOf(source);
    return form ? [{ source, form }] : [];
  });
  const hint = "Gem den ene som en PDF uden formular (»udskriv til PDF«), eller giv felterne hver sit navn.";
  for (const { source, form } of forms) {
    if (form.has(PDFName.of("XFA"))) {
      throw new Failure(
        "foreign",
        "formularfelter",
        `${source.name} har en formular af typen XFA, som ikke kan flyttes.`,
        {
          hint: "Gem den som en PDF uden formular (»udskriv til PDF«).",
        },
      );
    }
    const resources = resourceNames(form);
    for (const name of [...fieldNames(form), ...resources]) {
      const owner = owners.get(name);
      if (owner !== undefined) {
        const what = name.startsWith("/") ? `skriften »${name.slice(1)}« i formularen` : `formularfeltet »${name}«`;
        throw new Failure("foreign", "formularfelter", `${owner} og ${source.name} har begge ${what}.`, { hint });
      }
      owners.set(name, source.name);
    }
  }
}

/** What fields take from their form where they have none of their own (ISO 32000-1, table 222). */
const INHERITED = ["DA", "Q"] as const;

/**
 * Writes into the fields of every form but the first what they take from it, before anything is copied: the whole has one form,
 * and what it says for all is the first's.
 */
export function keepDefaults(sources: readonly Source[]): void {
  const [first, ...others] = sources.flatMap((source) => formOf(source) ?? []);
  if (!first) return;
  for (const form of others) {
    for (const one of listAt(form, "Fields")) {
      const field = asDict(resolved(form.context, one));
      for (const name of INHERITED) {
        const key = PDFName.of(name);
        // No alignment of its own means to the left (table 222).
        const value = form.get(key) ?? (name === "Q" && first.has(key) ? PDFNumber.of(0) : undefined);
        if (field && !field.has(key) && value) field.set(key, value);
      }
    }
  }
}

function fieldNames(form: PDFDict): string[] {
  return listAt(form, "Fields").map((one) => {
    const field = asDict(resolved(form.context, one));
    return (field && textAt(field, "T")) ?? "";
  });
}

/** The resources that fields name in their appearance strings, one name for all documents. */
function resourceNames(form: PDFDict): string[] {
  const resources = dictAt(form, "DR");
  const fonts = resources && dictAt(resources, "Font");
  return fonts?.keys().map((key) => key.asString()) ?? [];
}

/** Joins the forms of the parts, which do not clash; undefined where no part has one. */
export function joinForms(
  context: PDFContext,
  parts: readonly { readonly source: Source; readonly copier: Copier }[],
): PDFDict | undefined {
  const forms = parts.flatMap(({ source, copier }) => {
    const form = formOf(source);
    return form ? [{ form, copier }] : [];
  });
  const [first] = forms;
  if (!first) return undefined;
  const joined = first.copier.dictionary(first.form, undefined, ["Fields", "CO", "DR", "SigFlags", "NeedAppearances"]);
  for (const key of ["Fields", "CO"]) {
    const all = forms.flatMap(({ form, copier }) => listAt(form, key).map((one) => copier.copy(one)));
    if (all.length > 0) joined.set(PDFName.of(key), context.obj(all));
  }
  const flags = forms.reduce((sum, { form }) => sum | (numberAt(form, "SigFlags") ?? 0), 0);
  if (flags !== 0) joined.set(PDFName.of("SigFlags"), context.obj(flags));
  if (forms.some(({ form }) => form.lookup(PDFName.of("NeedAppearances")) === PDFBool.True)) {
    joined.set(PDFName.of("NeedAppearances"), PDFBool.True);
  }
  const resources = joinedResources(context, forms);
  if (resources) joined.set(PDFName.of("DR"), resources);
  return joined;
}

function joinedResources(
  context: PDFContext,
  forms: readonly { readonly form: PDFDict; readonly copier: Copier }[],
): PDFDict | undefined {
  const joined = new Map<string, Map<PDFName, PDFObject>>();
  for (const { form, copier } of forms) {
    const resources = dictAt(form, "DR");
    for (const [category] of resources?.entries() ?? []) {
      const key = textOfName(category);
      const entries = joined.get(key) ?? new Map<PDFName, PDFObject>();
      for (const [name, value] of (resources && dictAt(resources, key))?.entries() ?? []) {
        entries.set(name, copier.copy(value));
      }
      joined.set(key, entries);
    }
  }
  if (joined.size === 0) return undefined;
  const whole = context.obj({});
  for (const [key, entries] of joined) {
    const dictionary = context.obj({});
    for (const [name, value] of entries) dictionary.set(name, value);
    whole.set(PDFName.of(key), dictionary);
  }
  return whole;
}

import type { ToldPlan } from "../pipeline/signed/told-plan.ts";
import type { FileFacts } from "../verify/inspect/inspect.ts";
import { DATA_VERSION } from "./data.ts";
import type { Paint } from "./paint.ts";
import { shown } from "./shown.ts";
import { toldPlanAsData, toldPlanRows } from "./told-plan.ts";

/** What a PDF is and holds, as plain data for `--json`. */
export function factsAsData(
  path: string,
  { document: _same, ...facts }: FileFacts,
  plan: ToldPlan | undefined,
): object {
  const { metadata, source } = facts;
  const optional = (value: string | undefined) => value ?? null;
  return {
    version: DATA_VERSION,
    path,
    ...facts,
    metadata: {
      title: optional(metadata.title),
      author: optional(metadata.author),
      producer: optional(metadata.producer),
      language: optional(metadata.language),
      identifier: optional(metadata.identifier),
      claims: metadata.claims,
    },
    fields: facts.fields.map((field) => ({ ...field, whose: optional(field.whose) })),
    source: source ? { ...source, attached: optional(source.attached) } : null,
    plan: plan ? toldPlanAsData(plan) : null,
  };
}

/** What a PDF is and holds, for people. */
export function factsText(path: string, facts: FileFacts, plan: ToldPlan | undefined, paint: Paint): string {
  const { metadata } = facts;
  const rows: [string, string | undefined][] = [
    ["sider", String(facts.pages)],
    ["titel", metadata.title],
    ["forfatter", metadata.author],
    ["sprog", metadata.language],
    ["dannet af", metadata.producer],
    ["hævder", metadata.claims.join(", ") || "ingen standard"],
    [
      "skrifter",
      facts.fonts.map((font) => (font.embedded ? font.name : `${font.name} (ikke indlejret)`)).join(", ") || "ingen",
    ],
    ["bilag", facts.attachments.map((one) => `${one.name} (${one.length ?? "?"} byte)`).join(", ") || "ingen"],
    ["underskrifter", facts.fields.map((field) => `${field.name} (${fieldState(field)})`).join(", ") || "ingen felter"],
    ["gemt", facts.revisions.length === 1 ? "én gang" : `${facts.revisions.length} gange`],
    ["krypteret", facts.encrypted ? "ja" : undefined],
    ...(plan ? toldPlanRows(plan) : []),
  ];
  const lines = rows.filter(([, value]) => value !== undefined);
  return [
    paint("bold", path),
    ...lines.map(([name, value]) => `  ${paint("dim", `${name}:`.padEnd(15))}${shown(value ?? "")}`),
  ].join("\n");
}

function fieldState({ signed, closed }: FileFacts["fields"][number]): string {
  if (signed) return "underskrevet";
  return closed ? "lukket uden digital underskrift" : "mangler";
}

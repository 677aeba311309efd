import { basename } from "node:path";
import { Failure } from "../core/failure.ts";
import { finishPdf, signingCopy } from "../pdf/finish/finish.ts";
import { nemloginObjections, objectionText } from "../pdf/nemlogin/objections.ts";
import { referenceText } from "../pdf/nemlogin/reference-text.ts";
import type { Signatory } from "../plan/plan.ts";
import { renderSigningIndex } from "../template/render.ts";
import { withAddressesShown } from "../template/shown-addresses.ts";
import { type BuildTools, printDocument, writeJudged } from "./build.ts";
import { draft } from "./draft.ts";
import { finishFacts } from "./finish-facts.ts";
import { outcomeOf, type PlanOutcome } from "./outcome.ts";
import type { PlanFile } from "./workspace.ts";

/**
 * Builds the copies of a plan that are signed with NemLog-in: `plan.nemlogin.pdf`, and because the service puts one
 * signature into a PDF, one copy of it for each signatory where there are several, with an index page that tells what all of
 * them hold.
 */
export function buildSigningCopies(plan: PlanFile, tools: BuildTools): Promise<PlanOutcome> {
  return outcomeOf(plan, async (say, wrote) => {
    const [agreed] = await draft(plan, tools.forms, say);
    if (!agreed) return;
    const start = performance.now();
    const document = withAddressesShown(await agreed.document());
    const printed = await printDocument(document, tools.shop);
    const finished = await signingCopy(printed, finishFacts(agreed.provenance, document));
    const [objection] = await nemloginObjections(finished);
    if (objection)
      throw new Failure(
        "output",
        "nemlogin",
        `Kopien kan ikke underskrives med NemLog-in: ${objectionText(objection)}`,
        {
          hint: "Den forrige kopi står uændret. »resultatplan check-pdf« viser alt, hvad der er i vejen i en PDF.",
        },
      );
    const made = { document, finished, start };
    const common = await writeJudged(plan, { ...agreed, name: "plan.nemlogin" }, made, tools);
    wrote(common);
    const { signatories } = agreed.provenance.plan;
    if (signatories.length < 2) return;
    const copies: { signatory: Signatory; file: string }[] = [];
    for (const [index, signatory] of signatories.entries()) {
      const name = `plan.nemlogin.${index + 1}-${slug(signatory.name)}`;
      const copy = await writeJudged(plan, { ...agreed, name }, made, tools);
      wrote(copy);
      copies.push({ signatory, file: basename(copy.path) });
    }
    const reference = referenceText(agreed.provenance.plan.title);
    const index = await renderSigningIndex(
      agreed.provenance,
      { sha256: common.sha256, reference, copies },
      tools.forms,
    );
    const facts = finishFacts(agreed.provenance, index);
    const page = await finishPdf(await printDocument(index, tools.shop), facts);
    const whole = { document: index, finished: page, start };
    wrote(await writeJudged(plan, { ...agreed, name: "plan.nemlogin.indeks" }, whole, tools));
  });
}

/** A name for a file: »Rune Jørgen Sørensen« is rune-joergen-soerensen. */
function slug(name: string): string {
  const letters: Readonly<Record<string, string>> = { æ: "ae", ø: "oe", å: "aa" };
  return name
    .toLowerCase()
    .replace(/[æøå]/g, (letter) => letters[letter] ?? letter)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

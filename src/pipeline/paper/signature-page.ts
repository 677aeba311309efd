import { Failure } from "../../core/failure.ts";
import { finishPdf } from "../../pdf/finish/finish.ts";
import { inspectPdf } from "../../pdf/inspect.ts";
import { renderSignaturePages } from "../../template/signature-page.ts";
import { type BuildTools, writeJudged } from "../build.ts";
import { draft } from "../draft.ts";
import { finishFacts } from "../finish-facts.ts";
import { outcomeOf, type PlanOutcome } from "../outcome.ts";
import type { PlanFile } from "../workspace.ts";

/** The name of the file with the pages to be signed. */
export const SIGNATURE_PAGE = "underskriftsside";

/**
 * Builds the page that is signed with ink, alone: `underskriftsside.pdf`. One for all signatories, or one for each, in one file.
 *
 * @throws Failure `udkast` for a plan that is still a draft; `underskriftsside-for-lang` when somebody would have to sign on a sheet that does not say what is signed
 */
export function buildSignaturePages(each: boolean): (plan: PlanFile, tools: BuildTools) => Promise<PlanOutcome> {
  return (plan, tools) =>
    outcomeOf(plan, async (say, wrote) => {
      const [agreed] = await draft(plan, tools.forms, say);
      if (!agreed) return;
      // A page of a draft would be refused when it came back signed.
      if (agreed.provenance.plan.state === "draft") throw onlyDraft();
      const start = performance.now();
      const { document, pages } = await renderSignaturePages(agreed.provenance, each, tools.forms);
      const facts = finishFacts(agreed.provenance, document);
      const subject = `Underskriftsside til ${agreed.provenance.plan.title}`;
      const finished = await finishPdf(await tools.shop.print(document), { ...facts, subject, signatories: [] });
      const printed = (await inspectPdf(finished)).pages;
      if (printed !== pages) throw tooLong(each);
      const made = { document, finished, start };
      wrote(await writeJudged(plan, { ...agreed, name: SIGNATURE_PAGE }, made, tools));
    });
}

function onlyDraft(): Failure {
  return new Failure("plan", "udkast", "Planen er et udkast og skal ikke underskrives.", {
    hint: "Slet »tilstand: udkast« i plan.md, når planen er endelig.",
  });
}

function tooLong(each: boolean): Failure {
  const hint = each
    ? "Giv planen kortere titel, parter eller stillinger; ellers må underskriften stå i planen selv."
    : "Brug --each: så får hver underskriver sin egen side.";
  return new Failure(
    "output",
    "underskriftsside-for-lang",
    "Underskrifterne kan ikke være på én side med det, de gælder.",
    { hint },
  );
}

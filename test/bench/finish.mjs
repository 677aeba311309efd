// What finishing costs beside the print: the four plans, one after the other, as `build` does it. The first round starts cold, as
// a build of four plans does; the others show what a longer batch costs.
import { median } from "./support/compare.mjs";
import { root, withStages } from "./support/stages.mjs";

/** Measures rounds over the plans, the first of them cold. */
export function measureFinish({ rounds }) {
  return withStages(
    async ({ FormShelf, draft, finishFacts, printDocument, finishPdf, findPlans, workspaceAt, PrintShop }) => {
      const workspace = workspaceAt(root);
      const forms = new FormShelf(workspace.templates);
      const shop = new PrintShop({ override: undefined, signal: new AbortController().signal, onNotice: () => {} });
      await shop.start();
      const prints = [];
      const finishes = [];
      for (let round = 0; round <= rounds; round++) {
        let print = 0;
        let finish = 0;
        for (const plan of await findPlans(workspace, [])) {
          const [{ provenance, ...drafted }] = await draft(plan, forms, ({ value }) => value);
          const document = await drafted.document();
          const start = performance.now();
          const printed = await printDocument(document, shop);
          const middle = performance.now();
          await finishPdf(printed, finishFacts(provenance, document));
          print += middle - start;
          finish += performance.now() - middle;
        }
        prints.push(print);
        finishes.push(finish);
      }
      await shop.close();
      const [coldPrint, ...warmPrints] = prints;
      const [coldFinish, ...warmFinishes] = finishes;
      const ratio = median(warmFinishes.map((ms, round) => ms / warmPrints[round]));
      const all = (list) => list.reduce((sum, ms) => sum + ms, 0);
      const rows = [
        { name: "udskrift, første gang", ms: coldPrint, ratio: 1 },
        { name: "efterbehandling, første gang", ms: coldFinish, ratio: coldFinish / coldPrint },
        { name: "udskrift, varm", ms: median(warmPrints), ratio: 1 },
        { name: "efterbehandling, varm", ms: median(warmFinishes), ratio },
        { name: `efterbehandling, alle ${rounds + 1} gange`, ms: all(finishes), ratio: all(finishes) / all(prints) },
      ];
      return { floor: "udskriften", rows };
    },
  );
}

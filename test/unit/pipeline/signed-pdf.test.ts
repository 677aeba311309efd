import { expect, test } from "vitest";
import { signaturesIn } from "../../../src/pipeline/signed/signed-pdf.ts";

/** What is remarked when a certificate with this name stands in the field of the plan's only signatory. */
async function remarksOn(planned: string, certified: string): Promise<readonly string[]> {
  const signature = {
    kind: "signature",
    field: "underskrift-1",
    signer: certified,
    verdict: { indication: "TOTAL-PASSED" },
    findings: [],
  };
  const verifier = {
    inspect: async () => ({ source: { fits: true, named: "0".repeat(64) } }),
    verify: async () => ({ findings: [], signatures: [signature] }),
  };
  const by = { signatories: [planned], anchors: [], now: new Date("2027-01-01T00:00:00Z") };
  return (await signaturesIn("plan.pdf", new Uint8Array(), by, verifier as never)).remarks;
}

test.each([
  ["Peter Østergaard", "Karl-Peter Østergaarden Madsen"],
  ["Peter Østergaard", "Peter Østergaards Fond"],
  ["Peter Østergaard", "Anna Æbelø"],
])("a certificate for %s that is for %s is told", async (planned, certified) => {
  expect(await remarksOn(planned, certified)).toEqual([
    `Certifikatet i feltet for ${planned} lyder på »${certified}«.`,
  ]);
});

test.each([
  ["Peter Østergaard", "PETER ØSTERGAARD"],
  ["Peter Østergaard", "Peter Oestergaard"],
  ["Rune Jørgen Sørensen", "Rune J. Sørensen"],
])("one for %s that says %s is the same person's", async (planned, certified) => {
  expect(await remarksOn(planned, certified)).toEqual([]);
});

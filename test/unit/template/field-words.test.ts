import { expect, test } from "vitest";
import { inWords } from "../../../src/template/field-words.ts";

test.each([
  ["kriterium › en_af 2 › fald › fra", "kriterium › ét af kriterierne 2 › fald › i forhold til"],
  ["delmål a › måltal › 2022", "delmål a › måltal › 2022"],
  ["milepæl 2 › tekst", "milepæl 2 › ordlyd"],
  ["mål", "målets ordlyd"],
  ["frist", "frist"],
  ["milepæle › rækkefølge", "milepæle › rækkefølge"],
  ["gruppe", "gruppe"],
])("a document says of »%s« »%s«", (label, said) => {
  expect(inWords(label)).toBe(said);
});

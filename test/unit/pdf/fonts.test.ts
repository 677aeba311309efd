import { expect, test } from "vitest";
import { toUnicode } from "../../../src/pdf/finish/fonts.ts";

test("a ToUnicode map is read: single codes, ranges, lists, and characters beyond the first plane", () => {
  const cmap = `/CIDInit /ProcSet findresource begin
12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
1 begincodespacerange <0000> <FFFF> endcodespacerange
3 beginbfchar
<0003> <0020>
<0106> <00660069>
<0107> <D83DDE00>
endbfchar
2 beginbfrange
<0010> <0012> <00E6>
<0020> <0021> [<0041> <00C5>]
endbfrange
endcmap`;
  expect([...toUnicode(new TextEncoder().encode(cmap))]).toEqual([
    [0x3, " "],
    [0x106, "fi"],
    [0x107, "😀"],
    [0x10, "æ"],
    [0x11, "ç"],
    [0x12, "è"],
    [0x20, "A"],
    [0x21, "Å"],
  ]);
});

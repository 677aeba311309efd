import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { srgbProfile } from "../../../src/pdf/finish/srgb.ts";

test("the colour profile is well formed: its size, its kind, and every tag within it", () => {
  const profile = Buffer.from(srgbProfile());
  expect(profile.readUInt32BE(0)).toBe(profile.length);
  expect(profile.toString("latin1", 12, 24)).toBe("mntrRGB XYZ ");
  expect(profile.toString("latin1", 36, 40)).toBe("acsp");
  const tags = Array.from({ length: profile.readUInt32BE(128) }, (_, index) => {
    const at = 132 + 12 * index;
    return {
      name: profile.toString("latin1", at, at + 4),
      start: profile.readUInt32BE(at + 4),
      length: profile.readUInt32BE(at + 8),
    };
  });
  expect(tags.map(({ name }) => name)).toEqual("desc cprt rXYZ gXYZ bXYZ wtpt rTRC gTRC bTRC".split(" "));
  for (const { start, length } of tags) {
    expect(start % 4).toBe(0);
    expect(start + length).toBeLessThanOrEqual(profile.length);
  }
});

test("the curve runs from nothing to all, through what IEC 61966-2-1 says of the middle", () => {
  const profile = Buffer.from(srgbProfile());
  const curve = profile.indexOf("curv") + 12;
  const at = (part: number) => profile.readUInt16BE(curve + 2 * Math.round(part * 1023)) / 65535;
  expect([at(0), at(1)]).toEqual([0, 1]);
  expect(at(0.5)).toBeCloseTo(0.2145, 2);
});

test("the profile is the same on every machine", () => {
  const hash = createHash("sha256").update(srgbProfile()).digest("hex");
  expect(hash).toBe("9ec5ac96b192ac48fb91beb0490c3420088aa866d144d1d830e829cff1303390");
});

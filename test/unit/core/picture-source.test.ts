import { describe, expect, test } from "vitest";
import { picturePath, pictureSourceName, pictureSources } from "../../../src/core/picture-source.ts";

describe("a picture's name among a document's sources", () => {
  test.each([
    ["figur.png", "billede.figur.png", "figur.png"],
    ["figurer/a.png", "billede.figurer%2Fa.png", "figurer/a.png"],
    ["./figurer//a.png", "billede.figurer%2Fa.png", "figurer/a.png"],
    ["s%C3%B8jle%201.svg", "billede.søjle 1.svg", "søjle 1.svg"],
    ["100%25.jpg", "billede.100%25.jpg", "100%.jpg"],
    ["a%0Ab%2A%E2%80%8B.PNG", "billede.a%0Ab%2A%E2%80%8B.PNG", "a\nb*\u200b.PNG"],
  ])("%s is %s", (address, name, path) => {
    expect(pictureSourceName(address)).toBe(name);
    expect(picturePath(name)).toBe(path);
  });

  test.each(["figur.png", "plan.md", "billede.plan.md", "billede.%E0.png", "underskriftsside-1.jpg"])(
    "%s is none",
    (name) => expect(picturePath(name)).toBeUndefined(),
  );

  test("a picture that is shown by two addresses is one source", () => {
    const bytes = new Uint8Array([1]);
    const images = new Map([
      ["figur.png", bytes],
      ["./figur.png", bytes],
    ]);
    expect(pictureSources(images)).toEqual([{ name: "billede.figur.png", bytes }]);
  });
});

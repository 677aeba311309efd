import { describe, expect, test } from "vitest";
import { type Decimal, parseDecimal } from "../../../src/core/decimal.ts";
import { niceScale } from "../../../src/template/chart/scale.ts";
import {
  type ChartTarget,
  type ChartYear,
  drawYearChart,
  isDrawable,
  type YearChart,
} from "../../../src/template/chart.ts";

const style = { font: '"Source Sans 3", sans-serif', accent: "#0f4c5c" };

function number(text: string): Decimal {
  const read = parseDecimal(text);
  if (!read) throw new Error(`${text} is no number`);
  return read;
}

const target = (kind: ChartTarget["kind"], value: string): ChartTarget => ({ kind, value: number(value) });

/** One year's result, target and comparisons as authors write them; "" for no result. */
type Written = readonly [
  actual: string,
  target?: ChartTarget | undefined,
  references?: Readonly<Record<string, string>>,
];

function chart(first: number, years: readonly Written[], texts: Partial<YearChart> = {}): YearChart {
  const read = ([actual, aim, references = {}]: Written, index: number): ChartYear => ({
    year: first + index,
    ...(actual === "" ? {} : { actual: number(actual) }),
    ...(aim ? { target: aim } : {}),
    references: Object.entries(references).map(([name, value]) => ({ name, value: number(value) })),
  });
  return { title: "Sygefravær", unit: "Dage", ...texts, years: years.map(read) };
}

/** The lines of text in a picture, in the order they are drawn in. */
function texts(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1] ?? "");
}

const textsOf = async (one: YearChart) => texts((await drawYearChart(one, style)).svg);
const alternativeOf = async (one: YearChart) => (await drawYearChart(one, style)).alternative;

const tolerance = target("tolerance", "1,0");
const forecast = chart(
  2019,
  [
    ["0,7", tolerance],
    ["", tolerance],
    ["-0,9", tolerance],
    ["1,3", tolerance],
  ],
  {
    title: "Maksimal afvigelse mellem prognose og regnskab",
    unit: "Mio. kr.",
  },
);
const average = { "Statens gennemsnit": "8,1" };
const absence = chart(2019, [
  ["8,4", target("atMost", "8,5"), average],
  ["7,95", target("atMost", "8,0"), average],
  ["9", target("atMost", "8,0"), average],
]);
const twelve = chart(
  2011,
  ["80", "82", "85", "70", "88", "", "90", "91", "92", "85", "96", "97"].map(
    (actual, index): Written => [
      actual,
      target("atLeast", String(80 + index)),
      { "Statens gennemsnit": String(83 + index) },
    ],
  ),
);
const millions = chart(2019, [["1.250.000,5"], ["980.000"], ["1.300.000"]], { unit: "Kr." });
const losses = chart(2019, [
  ["-1,2", target("atLeast", "-1,5")],
  ["-3,4", target("atLeast", "-2")],
]);
const seconds = chart(2019, [["0,00012"], ["0,0002"]], { unit: "Sekunder" });
const hostile = chart(2019, [["1", target("atMost", "2"), { '<script>alert("1")</script>': "1" }]], {
  title: 'Fejl <b>&"\u0000 i\ndriften',
  unit: '{x|Dage} <b>&"',
});
const all = {
  forecast,
  absence,
  twelve,
  millions,
  losses,
  seconds,
  hostile,
  "one year": chart(2022, [["12"]]),
  zeros: chart(2022, [["0"], ["0"]]),
};

describe("what is worth a chart", () => {
  test("one result is", () => expect(isDrawable(chart(2022, [[""], ["1"]]))).toBe(true));
  test("a result of zero is", () => expect(isDrawable(chart(2022, [["0"]]))).toBe(true));
  test("targets alone are not", () => expect(isDrawable(chart(2022, [["", tolerance]]))).toBe(false));
  test("no year is not", () => expect(isDrawable(chart(2022, []))).toBe(false));
});

describe("the text alternative", () => {
  test("says every result, target and whether it was met", async () => {
    expect(await alternativeOf(forecast)).toBe(
      "Søjlediagram over Maksimal afvigelse mellem prognose og regnskab i mio. kr. " +
        "2019: resultat 0,7, mål højst +/- 1,0 (nået). " +
        "2020: ikke opgjort, mål højst +/- 1,0. " +
        "2021: resultat −0,9, mål højst +/- 1,0 (nået). " +
        "2022: resultat 1,3, mål højst +/- 1,0 (ikke nået).",
    );
  });

  test("names comparisons, and writes all numbers with as many decimals as one needs", async () => {
    expect(await alternativeOf(absence)).toBe(
      "Søjlediagram over Sygefravær i dage. " +
        "2019: resultat 8,40, mål højst 8,50, Statens gennemsnit 8,10 (nået). " +
        "2020: resultat 7,95, mål højst 8,00, Statens gennemsnit 8,10 (nået). " +
        "2021: resultat 9,00, mål højst 8,00, Statens gennemsnit 8,10 (ikke nået).",
    );
  });

  test.each([
    ["Mio. kr.", "i mio. kr. 2022"],
    ["Antal sager", "i antal sager. 2022"],
    ["GWh", "i GWh. 2022"],
    ["DKK", "i DKK. 2022"],
    ["%", "i %. 2022"],
    [undefined, "Sygefravær. 2022"],
  ])("the unit %s within the sentence", async (unit, words) => {
    expect(await alternativeOf(chart(2022, [["1"]], { unit }))).toContain(words);
  });

  test("is the name of the image", async () => {
    const { svg, alternative } = await drawYearChart(forecast, style);
    expect(svg).toMatch(/^<svg [^>]*role="img"/);
    expect(svg).toContain(`aria-label="${alternative}"`);
  });
});

describe("a target is met", () => {
  test.each([
    ["atMost", "1,0", "1", true],
    ["atMost", "1,0", "1,01", false],
    ["atMost", "1,0", "-5", true],
    ["atLeast", "90", "90", true],
    ["atLeast", "90", "89,9", false],
    ["atLeast", "-2", "-3,4", false],
    ["tolerance", "1,0", "-1", true],
    ["tolerance", "1,0", "-1,1", false],
  ] as const)("%s %s by %s: %s", async (kind, value, actual, met) => {
    const words = await textsOf(chart(2022, [[actual, target(kind, value)]]));
    expect(words).toContain(met ? "nået" : "ikke nået");
    expect(words).toContain(met ? "Resultat" : "Resultat, mål ikke nået");
  });
});

describe("what is written in the picture", () => {
  test("a label for each result, none for what is missing, the unit and the meaning of the signs", async () => {
    const words = await textsOf(forecast);
    for (const word of ["0,7", "−0,9", "1,3", "Mio. kr.", "2020", "ikke opgjort", "Mål: højst +/- 1,0"])
      expect(words).toContain(word);
    expect(words).not.toContain("0,0");
  });

  test("targets that differ stand under their years", async () => {
    const words = await textsOf(absence);
    expect(words.filter((word) => word.startsWith("højst"))).toEqual(["højst 8,50", "højst 8,00", "højst 8,00"]);
    expect(words).toContain("Mål");
    expect(words).toContain("Statens gennemsnit");
  });

  test("and only their numbers where there is little room", async () => {
    const words = await textsOf(twelve);
    expect(words).toContain("Mål: mindst tallet under året");
    expect(words.filter((word) => word === "–")).toHaveLength(2);
    expect(words).toContain("ikke opgjort");
  });

  test("results alone need no explanation", async () => {
    expect(await textsOf(chart(2022, [["12"]]))).toEqual(expect.not.arrayContaining(["Resultat"]));
  });

  test("points between thousands", async () => {
    const words = await textsOf(millions);
    for (const word of ["1.250.000,5", "980.000,0", "500.000"]) expect(words).toContain(word);
  });

  test("small numbers in full", async () => {
    expect(await textsOf(seconds)).toEqual(expect.arrayContaining(["0,00012", "0,00020"]));
  });

  test("zero is on the axis, whatever the results", async () => {
    for (const one of [losses, absence, millions])
      expect((await textsOf(one)).some((word) => /^0(,0+)?$/.test(word))).toBe(true);
    expect(await textsOf(losses)).toContain("−3,4");
  });

  test("numbers that do not fit beside each other stand", async () => {
    const crowded = chart(
      2011,
      Array.from({ length: 12 }, (): Written => ["1.250.000,5"]),
    );
    expect((await drawYearChart(crowded, style)).svg).toMatch(/<text[^>]*transform="matrix\([^>]*>1\.250\.000,5</);
  });

  test("and make the picture higher where they are long", async () => {
    const heightOf = async (one: YearChart) =>
      Number(/viewBox="0 0 597 (\d+)"/.exec((await drawYearChart(one, style)).svg)?.[1]);
    const long = Array.from({ length: 12 }, (): Written => ["12.345.678.901,1234567"]);
    expect(await heightOf(forecast)).toBe(208);
    expect(await heightOf(chart(2011, long))).toBeGreaterThan(240);
  });

  test("a name that is longer than the picture is cut, but said in full", async () => {
    const name = "Gennemsnittet for alle sammenlignelige styrelser ".repeat(6).trim();
    const { svg, alternative } = await drawYearChart(chart(2022, [["1", undefined, { [name]: "2" }]]), style);
    expect(texts(svg).some((word) => word.startsWith("Gennemsnittet") && word.endsWith("…"))).toBe(true);
    expect(alternative).toContain(name);
  });
});

describe.each(Object.entries(all))("the picture »%s«", (_name, one) => {
  test("is the same every time", async () => {
    const { svg } = await drawYearChart(one, style);
    expect((await drawYearChart(one, style)).svg).toBe(svg);
  });

  test("has solid colours, nothing with a name, nothing from elsewhere", async () => {
    const { svg } = await drawYearChart(one, style);
    expect(svg).not.toMatch(/opacity|rgba|gradient|filter|<style|<script|<title|<desc|<image|<use|url\(|xlink/);
    expect(svg).not.toMatch(/ (?:id|class|style|href|on\w+|ecmeta_\w+)=/);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toContain("://");
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("is well-formed", async () => {
    const { svg } = await drawYearChart(one, style);
    const rest = svg.replace(/<\/?[a-z]+(?: [\w:-]+="[^"<>]*")*>/g, "");
    expect(rest).not.toMatch(/[<>]/);
    expect(rest).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#)/);
    expect(svg.match(/<text/g)?.length).toBe(svg.match(/<\/text>/g)?.length);
  });

  test("says all its numbers", async () => {
    const words = (await textsOf(one)).join(" ");
    const { alternative } = await drawYearChart(one, style);
    for (const [, result] of alternative.matchAll(/resultat (\S+?)(?=[,.)]? |\.$)/g)) expect(words).toContain(result);
  });
});

test("texts of authors and forms are escaped", async () => {
  const { svg, alternative } = await drawYearChart(hostile, { font: '"><script>', accent: '"/><script>' });
  expect(svg).not.toContain("<script");
  expect(svg).not.toContain("<b>");
  expect(svg).toContain('aria-label="Søjlediagram over Fejl &lt;b&gt;&amp;&quot; i driften i {x|Dage}');
  expect(alternative).toContain('Fejl <b>&" i driften');
  expect(texts(svg)).toContain("{x|Dage} &lt;b&gt;&amp;&quot;");
});

test("the form's font and colour are the picture's", async () => {
  const { svg } = await drawYearChart(forecast, style);
  expect(svg).toContain('font-family="&quot;Source Sans 3&quot;, sans-serif"');
  expect(svg).toContain('fill="#0f4c5c"');
  expect(svg).not.toContain('"accent"');
});

describe("the value axis", () => {
  const room = { height: 120, above: 15, below: 0 };
  const scaleOf = (values: readonly string[], decimals: number) => {
    const { min, max, step } = niceScale(values.map(number), room, decimals);
    return [min, step, max].map((one) => one.valueOf());
  };

  test("begins at zero and ends over the highest value and its label", () => {
    const [min, step, max = 0] = scaleOf(["8,4", "9,2"], 1);
    expect([min, step]).toEqual([0, 2.5]);
    expect(max).toBeGreaterThan(9.2);
  });

  test("has no steps that its labels do not tell apart", () => {
    expect(scaleOf(["1", "2"], 0)).toEqual([0, 1, expect.any(Number)]);
    expect(scaleOf(["0", "0"], 0)[1]).toBe(1);
  });

  test("goes below zero to a whole step", () => {
    expect(scaleOf(["-3,4", "-1"], 1).slice(0, 2)).toEqual([-4, 1]);
  });

  test("does with numbers of any size", () => {
    expect(scaleOf(["123456789"], 0)[1]).toBe(50_000_000);
    expect(scaleOf(["0,00012"], 5)[1]).toBe(0.00005);
  });
});

describe("a year that is not over", () => {
  const years: YearChart["years"] = [
    { year: 2021, actual: number("0,5"), target: target("tolerance", "1,0") },
    { year: 2022, actual: number("1,3"), target: target("tolerance", "1,0"), soFar: { forecast: "fails" } },
  ];

  test("has a forecast, and says so wherever the target is spoken of", async () => {
    const { svg, alternative } = await drawYearChart({ title: "Afvigelse", unit: "Mio. kr.", years }, style);
    const words = texts(svg);
    expect(words).toContain("nået");
    expect(words).toContain("prognose: ikke nået");
    expect(words).toContain("Tal indtil nu, prognose: ikke nået");
    expect(words.filter((line) => line.includes("mål ikke nået"))).toEqual([]);
    expect(alternative).toContain("2022: indtil nu 1,3, mål højst +/- 1,0 (prognose: ikke nået).");
  });

  test("is open where the forecast is, in words and with an empty bar, however small the number is", async () => {
    const draw = async (forecast: "open" | "fails" | "holds") => {
      const soFar = { year: 2022, actual: number("2"), target: target("atLeast", "4"), soFar: { forecast } };
      return await drawYearChart(
        { title: "Aftaler", unit: undefined, years: [{ year: 2021, actual: number("5") }, soFar] },
        style,
      );
    };
    const { svg, alternative } = await draw("open");
    const words = texts(svg);
    expect(words).toContain("prognose: åben");
    expect(words).toContain("Tal indtil nu, prognose: åben");
    expect(words.join(" ")).not.toContain("ikke nået");
    expect(alternative).toContain("2022: indtil nu 2, mål mindst 4 (prognose: åben).");
    // The filled bar of 2021 and its sign, and two frames without hatching.
    const painted = (drawn: string, pattern: RegExp) => [...drawn.matchAll(pattern)].length;
    expect(painted(svg, /fill="#ffffff" stroke="#0f4c5c"/g)).toBe(2);
    expect(painted(svg, /fill="none" stroke="#0f4c5c"/g)).toBe(0);
    expect(painted((await draw("fails")).svg, /fill="none" stroke="#0f4c5c"/g)).toBe(2);
    expect(painted((await draw("holds")).svg, /fill="#ffffff" stroke="#0f4c5c"/g)).toBe(0);
  });
});

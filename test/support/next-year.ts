/** The plan of 2022 as one of 2023 that takes its history from the plan with an id. */
export function nextYearOf(plan2022: string, history: string): string {
  return plan2022
    .replace(
      "periode: { fra: 2022-01-01, til: 2022-12-31 }",
      `periode: { fra: 2023-01-01, til: 2023-12-31 }\nhistorik: ${history}`,
    )
    .replace("frist: 2022-07-14", "frist: 2023-07-14")
    .replace("frist: 2023-01-14", "frist: 2024-01-14")
    .replace(/^( +)måltal: \{ 2019: (".*?"),.*$/gm, "$1måltal: { 2020: $2, 2021: $2, 2022: $2, 2023: $2 }")
    .replace(/^ +resultat: \{ 2019: .*\n/gm, "")
    .replace("fald: { pct: 5, fra: 2021 }", "fald: { pct: 5, fra: 2022 }")
    .replace(/ {10}2019: Statens gennemsnit\/- 5 pct\.\n/, "          2023: Statens gennemsnit/- 5 pct.\n");
}

/** A plan with so many goals, as full as work programmes are: a point of the strategy for every two or three, up to three tasks each. */
export function planWithGoals(count: number, form: string, state = "til underskrift"): string {
  const points = Math.max(1, Math.ceil(count / 3));
  const strategy = Array.from(
    { length: points },
    (_, index) =>
      `  - { nøgle: s${index + 1}, tekst: "Pejlemærke ${index + 1}: Borgere og virksomheder får hurtigt svar" }`,
  );
  const goals = Array.from({ length: count }, (_, index) => goal(index, points));
  return `---
skabelon: ${form}
titel: Resultatplan 2027
institution: { navn: Styrelsen for Eksempler, kort: Eksempelstyrelsen }
ministerium: Eksempelministeriet
periode: { fra: 2027-01-01, til: 2027-12-31 }
tilstand: ${state}
opgørelse: { metode: binær }
strategi:
${strategy.join("\n")}
mål:
${goals.join("\n")}
underskrivere:
  - { navn: Anne Jensen, stilling: Departementschef, organisation: Eksempelministeriet, sted: København }
  - { navn: Bo Hansen, stilling: Direktør, organisation: Styrelsen for Eksempler, sted: Odense }
---

## Mål

:::mål
:::

## Underskrifter

:::underskrifter
:::
`;
}

function goal(index: number, points: number): string {
  const number = index + 1;
  const tasks = [
    `      - { tekst: "Samle erfaringerne fra året før og aftale, hvad der skal ændres", frist: 2027-02-01 }`,
    `      - { tekst: Prøve den nye arbejdsgang i to kontorer, ansvarlig: Juridisk Kontor }`,
    `      - { tekst: "Følge op med direktionen, og rette til", frist: 2027-10-01, ansvarlig: Sekretariatet }`,
  ].slice(0, 1 + (index % 3));
  return `  - nr: 1.${number}
    titel: Kortere sagsbehandling på område ${number}
    mål: Sagerne afgøres inden for 30 dage.
    målepunkt: Det ses af sagssystemet.
    bemærkninger: "-"
    strategi: s${(index % points) + 1}
    frist: 2027-12-31
    opgaver:
${tasks.join("\n")}`;
}

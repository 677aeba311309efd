/** What the keys of a plan are called to who reads a document, and has never seen its front matter; the rest are words already. */
const words: Readonly<Record<string, string>> = {
  afvigelse_højst: "største afvigelse",
  alle: "alle kriterier",
  antal_delvist: "antal for delvist opfyldt",
  antal_mindst: "mindste antal",
  antal_opfyldt: "antal for opfyldt",
  cvr: "CVR-nummer",
  datolinje: "sted og dato",
  delvist_tæller: "delvist opfyldt tæller",
  en_af: "ét af kriterierne",
  fra: "i forhold til",
  højst_reference: "højst som",
  kort: "kort navn",
  mindst_reference: "mindst som",
  mål: "målets ordlyd",
  nr: "nummer",
  pct: "procent",
  point_i_alt: "point i alt",
  rammeoverskrift: "overskrift i rammen",
  skabelon: "form",
  tekst: "ordlyd",
};

/** The way to a field in words: »kriterium › ét af kriterierne 2 › fald › i forhold til«, written »kriterium › en_af 2 › fald › fra«. */
export function inWords(label: string): string {
  return label
    .split(" › ")
    .map((step) => {
      const [, key = step, which = ""] = /^(\S+)( .*)?$/u.exec(step) ?? [];
      return `${words[key] ?? key.replaceAll("_", " ")}${which}`;
    })
    .join(" › ");
}

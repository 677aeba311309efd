import { months } from "../../core/danish.ts";
import { anyOf, bounded, phrases } from "./words.ts";

/** A number with what it counts: »85 pct.«, »1,0 mio. kr.«, »30 dage«. */
export const quantity =
  /(?<![\p{L}\p{N}])\d[\d.,]{0,15}\s*(?:%|(?:pct|procent\p{L}*|kr|kroner|mio|mia|dages?|hverdage|arbejdsdage|uger|måneder|timer|minutter|point|gange|årsværk|sager)(?![\p{L}\p{N}]))/giu;

/** A limit in words: »mindst«, »højst«, »+/-«. */
export const limit = anyOf(
  phrases(
    "mindst",
    "højst",
    "maks",
    "maksimalt",
    "maksimum",
    "minimum",
    "minimalt",
    "mere end",
    "færre end",
    "mindre end",
  ),
  /\+\/?-\s?\d|±\s?\d/giu,
);

/** Words that name a day or a period other than by a year. */
export const moment = anyOf(
  bounded([
    String.raw`\d{1,2}\.\s*(?:${months.join("|")})`,
    String.raw`\d{1,2}/\d{1,2}(?:[ -]+\d{2,4})?`,
    String.raw`uge\s+\d{1,2}`,
  ]),
  phrases(...months),
  phrases("kvartal~", "halvår~", "årets", "året", "årsskiftet", "årsrapport~", "årsafslutning~", "årlig~", "månedlig~"),
  phrases("ugentlig~", "primo", "medio", "ultimo", "forår~", "sommer~", "efterår~", "vinter~", "planperioden~"),
  phrases("hver uge", "hver måned", "hvert år", "udgiftsopfølgning~", "budgetopfølgning~", "grundbudget~"),
  /\{\{\s*(?:år|fra|til)\s*\}\}/gu,
);

/** Words for a last day. */
export const deadline = phrases("senest", "inden", "frist~", "ved udgangen", "med udgangen");

/** What an institution does itself, and what it writes. */
export const activity = anyOf(
  phrases(
    "redegør~",
    "udarbejd~",
    "forelægge",
    "forelægges",
    "forelagt",
    "dokumentere",
    "dokumenterer",
    "dokumenteret",
  ),
  phrases("afholde", "afholdes", "afholder", "afholdt", "præsentere", "præsenteres", "præsenterer", "præsenteret"),
  phrases("afrapporter~", "drøfte", "drøftes", "drøfter", "drøftet", "gennemført dialog", "gennemføre dialog"),
  phrases("kortlægge", "kortlægges", "kortlægger", "kortlagt", "beskrive", "beskrives", "beskriver", "beskrevet"),
  phrases("identificere", "identificeres", "identificerer", "identificeret", "evaluere", "evalueres", "evalueret"),
  phrases("undersøge", "undersøges", "undersøger", "undersøgt", "igangsætte", "igangsættes", "igangsat"),
  phrases("deltage", "deltager", "deltaget", "fremsende", "fremsendes", "fremsendt", "foreligger en", "foreligger et"),
);

/** What others meet with: that something works, is in use, is kept, is better, has reached them. */
export const effect = anyOf(
  phrases("~tilfreds~", "nedbringe", "nedbringes", "nedbringer", "nedbragt", "reducere", "reduceres", "reduceret"),
  phrases(
    "forbedring~",
    "forbedre",
    "forbedres",
    "forbedrer",
    "forbedret",
    "kortere",
    "hurtigere",
    "billigere",
    "færre",
  ),
  phrases("efterleve", "efterleves", "efterlever", "efterlevet", "overholde", "overholdes", "overholder", "overholdt"),
  phrases("implementere", "implementeres", "implementerer", "implementeret", "taget i brug", "tages i brug"),
  phrases(
    "anvendes",
    "anvender",
    "anvendt",
    "bruges",
    "benyttes",
    "benytter",
    "får",
    "oplever",
    "andelen",
    "afgøre",
    "afgøres",
  ),
  phrases("udgive", "udgives", "udgiver", "udgivet", "offentliggøre", "offentliggøres", "offentliggjort"),
);

/** Where numbers come from. */
export const dataSource = anyOf(
  phrases("ifølge", "kilde~", "~evaluering~", "~undersøgelse~", "~måling", "~målingen", "~målinger", "~statistik~"),
  phrases("~database~", "~regnskab~", "grundbudget~", "udgiftsopfølgning~", "budgetopfølgning~", "~indberetning~"),
  phrases("~system", "~systemet", "~systemer", "~register", "~registeret", "~registret", "~portal", "~portalen"),
  phrases(
    "LDV",
    "SKS",
    "ISOLA",
    "Navision",
    "Statens BI",
    "opgjort i",
    "opgjort på",
    "opgjort efter",
    "måles i",
    "måles ved",
  ),
);

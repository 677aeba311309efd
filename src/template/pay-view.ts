import Handlebars from "handlebars";
import { capitalised } from "../core/danish.ts";
import { type Decimal, fixedText } from "../core/decimal.ts";
import { placeholderValues } from "../plan/placeholders.ts";
import type { Prose } from "../plan/prose.ts";
import { type ProseContext, proseHtml } from "../plan/prose-html.ts";
import type { Assessment } from "../results/assessment.ts";
import { computedPercent, isAmountUnrounded, type Pay, paidAmount, paidPercent } from "../results/pay/pay.ts";
import { percentText, writtenPercent } from "../results/summary.ts";
import type { Form } from "./form.ts";

type SafeString = Handlebars.SafeString;

/** What the sheet of a head's pay sees; see `view.ts`. */
export interface PayView {
  readonly dokumenttitel: string;
  readonly plantitel: string;
  readonly institution: { readonly navn: string; readonly kort: string };
  readonly ministerium: string;
  readonly eksempel: boolean;
  readonly farve: string;
  readonly skrift: string;
  readonly modtager: string;
  readonly stilling: string | null;
  readonly linjer: readonly {
    readonly grundlag: string;
    /** The ground's part as the plan has it: »3/4«. */
    readonly andel: string;
    readonly opnået: string;
    readonly bidrag: string;
    readonly begrundelse: SafeString | null;
  }[];
  readonly beregnet: string;
  readonly skøn: { readonly pct: string; readonly begrundelse: SafeString | null } | null;
  readonly udbetales: {
    readonly pct: string;
    readonly beløb: string | null;
    readonly maksimum: string | null;
    /** Where what is shown of the per cent would give another amount. */
    readonly anmærkning: string | null;
  };
  readonly bemærkninger: readonly SafeString[];
}

/** Makes the view of a calculation. */
export function payView(
  pay: Pay,
  { plan }: Assessment,
  setting: { readonly form: Form; imageAddress(path: string): string },
): PayView {
  const context: ProseContext = { values: placeholderValues(plan), imageAddress: setting.imageAddress };
  const html = (prose: Prose) => new Handlebars.SafeString(proseHtml(prose, context));
  const maybe = (prose: Prose | undefined) => (prose ? html(prose) : null);
  const amount = paidAmount(pay);
  return {
    dokumenttitel: `Beregning af resultatløn – ${plan.title}`,
    plantitel: plan.title,
    institution: { navn: plan.institution.name, kort: plan.institution.shortName },
    ministerium: plan.ministry,
    eksempel: pay.example,
    farve: setting.form.color,
    skrift: setting.form.fonts.families[0] ?? "",
    modtager: pay.recipient,
    stilling: pay.title ?? null,
    linjer: pay.lines.map((line) => ({
      grundlag: capitalised(line.ground),
      andel: line.share.toFraction(),
      opnået: line.computed ? percentText(line.percent) : writtenPercent(line.percent),
      bidrag: percentText(line.share.mul(line.percent)),
      begrundelse: line.computed
        ? new Handlebars.SafeString("<p>Beregnet af målrapporteringen.</p>")
        : maybe(line.grounds),
    })),
    beregnet: percentText(computedPercent(pay)),
    skøn: pay.discretion
      ? { pct: writtenPercent(pay.discretion.percent), begrundelse: maybe(pay.discretion.grounds) }
      : null,
    udbetales: {
      pct: pay.discretion ? writtenPercent(pay.discretion.percent) : percentText(paidPercent(pay)),
      beløb: amount ? kroner(amount) : null,
      maksimum: pay.maximum ? kroner(pay.maximum) : null,
      anmærkning: isAmountUnrounded(pay) ? "Procenterne er afrundet; beløbet er beregnet af det uafrundede tal." : null,
    },
    bemærkninger: pay.remarks.map(html),
  };
}

function kroner(amount: Decimal): string {
  return `${fixedText(amount, amount.d === 1n ? 0 : 2)} kr.`;
}

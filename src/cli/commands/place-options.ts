import { Option } from "commander";

/** On which side of a place something goes. */
export const beforeOption = new Option("--before", "foran stedet");
export const afterOption = new Option(
  "--after",
  "efter det afsnit, som stedet begynder (sådan er det, når intet er valgt)",
);
export const insteadOption = new Option("--instead", "i stedet for det afsnit, som stedet begynder");

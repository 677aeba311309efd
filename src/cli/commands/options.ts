import { Option } from "commander";

/** On which side of a place something goes. */
export const beforeOption = new Option("--before", "foran stedet");
export const afterOption = new Option(
  "--after",
  "efter det afsnit, som stedet begynder (sådan er det, når intet er valgt)",
);
export const insteadOption = new Option("--instead", "i stedet for det afsnit, som stedet begynder");

/** What a command that prints works in, and with. */
export const workspaceOption = new Option(
  "--root <mappe>",
  "mappen med plans/, templates/ og output/ (ellers den, du står i)",
);
export const browserOption = new Option(
  "--browser <sti>",
  "den browser, der skal bruges: sti, eller adresse på en, der kører (ellers RESULTATPLAN_BROWSER, ellers den bedste her)",
);

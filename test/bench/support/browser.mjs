// One browser for all that print in a benchmark: the one that RESULTATPLAN_BROWSER names, else the best that is installed.
import { withStages } from "./stages.mjs";

/** @returns the path; throws where there is none, for without one browser for all nothing can be compared */
export function browserPath() {
  return withStages(({ findBrowsers, thisMachine }) => {
    const found = findBrowsers(undefined, thisMachine()).find(({ executablePath }) => executablePath !== undefined);
    if (found) return found.executablePath;
    throw new Error("No installed browser: name one with RESULTATPLAN_BROWSER");
  });
}

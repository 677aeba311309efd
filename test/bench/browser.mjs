// The browser that the benchmarks print with: that of RESULTATPLAN_BROWSER, else a headless shell that is installed.
import { accessSync, constants } from "node:fs";

export function browserOfMachine() {
  const wanted = process.env.RESULTATPLAN_BROWSER;
  const places = (process.env.PATH ?? "").split(":").map((folder) => `${folder}/chromium-headless-shell`);
  const found = wanted ?? places.find(isProgram);
  if (!found) throw new Error("No headless shell is installed; name a browser in RESULTATPLAN_BROWSER");
  return found;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

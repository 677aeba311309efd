import { describe, expect, test } from "vitest";
import { Failure } from "../../../src/core/failure.ts";
import { findBrowsers, isHeadlessShell, type Surroundings, thisMachine } from "../../../src/print/find-browser.ts";

/** A machine with these programs and nothing else. */
function machine(
  platform: NodeJS.Platform,
  programs: readonly string[],
  more: { env?: Record<string, string>; arch?: string } = {},
): Surroundings {
  const env: Record<NodeJS.Platform | string, Record<string, string>> = {
    win32: {
      ProgramFiles: "C:\\Program Files",
      "ProgramFiles(x86)": "C:\\Program Files (x86)",
      LOCALAPPDATA: "C:\\Users\\ane\\AppData\\Local",
    },
    linux: { PATH: "/home/ane/bin:/usr/bin:/snap/bin:." },
  };
  return {
    platform,
    arch: more.arch ?? "x64",
    env: { ...env[platform], ...more.env },
    home: platform === "darwin" ? "/Users/ane" : "/home/ane",
    uid: platform === "win32" ? undefined : 1000,
    isExecutable: (path) => programs.includes(path),
  };
}

const bundled = ["bundled", undefined];

describe("which browsers are tried, in order", () => {
  test.each<[string, Surroundings, unknown[][]]>([
    [
      "Linux with everything: headless shell, Chrome, Chromium, Edge, the bundled one",
      machine("linux", [
        "/usr/bin/microsoft-edge-stable",
        "/usr/bin/chromium",
        "/usr/bin/google-chrome-stable",
        "/usr/bin/google-chrome",
        "/usr/bin/chromium-headless-shell",
      ]),
      [
        ["headless-shell", "/usr/bin/chromium-headless-shell"],
        ["chrome", "/usr/bin/google-chrome-stable"],
        ["chromium", "/usr/bin/chromium"],
        ["edge", "/usr/bin/microsoft-edge-stable"],
        bundled,
      ],
    ],
    [
      "Linux, the first folder of PATH wins",
      machine("linux", ["/usr/bin/chromium", "/home/ane/bin/chromium"]),
      [["chromium", "/home/ane/bin/chromium"], bundled],
    ],
    [
      "Linux, makers' packages below /opt without a link in PATH",
      machine("linux", ["/opt/google/chrome/chrome", "/opt/microsoft/msedge/msedge"]),
      [["chrome", "/opt/google/chrome/chrome"], ["edge", "/opt/microsoft/msedge/msedge"], bundled],
    ],
    ["Linux with nothing", machine("linux", []), [bundled]],
    ["Linux on ARM with nothing: the bundled one is for x64", machine("linux", [], { arch: "arm64" }), []],
    [
      "Ubuntu with Chromium as a snap: neither the snap nor the script that starts it",
      machine("linux", ["/snap/bin/chromium", "/usr/bin/chromium-browser"]),
      [bundled],
    ],
    [
      "Fedora, where chromium-browser is the real one",
      machine("linux", ["/usr/bin/chromium-browser"]),
      [["chromium", "/usr/bin/chromium-browser"], bundled],
    ],
    ["Linux, the current folder in PATH is not searched", machine("linux", ["chromium", "./chromium"]), [bundled]],
    [
      "Windows: Chrome for all users before Chrome for one, Edge below Program Files (x86)",
      machine("win32", [
        "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
        "C:\\Users\\ane\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe",
        "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
      ]),
      [
        ["chrome", "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe"],
        ["edge", "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe"],
      ],
    ],
    [
      "Windows, Chromium in the user's own folder",
      machine("win32", ["C:\\Users\\ane\\AppData\\Local\\Chromium\\Application\\chrome.exe"]),
      [["chromium", "C:\\Users\\ane\\AppData\\Local\\Chromium\\Application\\chrome.exe"]],
    ],
    ["Windows with nothing", machine("win32", []), []],
    [
      "macOS: /Applications and ~/Applications",
      machine("darwin", [
        "/Users/ane/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
      ]),
      [
        ["chrome", "/Users/ane/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
        ["edge", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"],
      ],
    ],
  ])("%s", (_, outside, expected) => {
    expect(findBrowsers(undefined, outside).map((one) => [one.kind, one.executablePath])).toEqual(expected);
  });
});

describe("a browser that the user insists on", () => {
  const programs = ["/usr/bin/chromium", "/min/chrome", "/din/chrome"];
  const withVariable = machine("linux", programs, { env: { RESULTATPLAN_BROWSER: "/min/chrome" } });

  test("is the only one, by environment variable", () => {
    expect(findBrowsers(undefined, withVariable)).toEqual([
      { kind: "override", name: "Den valgte browser", executablePath: "/min/chrome" },
    ]);
  });

  test("the flag goes before the environment variable", () => {
    expect(findBrowsers("/din/chrome", withVariable).map((one) => one.executablePath)).toEqual(["/din/chrome"]);
  });

  test("an empty environment variable is no wish", () => {
    const outside = machine("linux", programs, { env: { RESULTATPLAN_BROWSER: "" } });
    expect(findBrowsers(undefined, outside).map((one) => one.kind)).toEqual(["chromium", "bundled"]);
  });

  test("a missing one is a failure, not a reason to take another", () => {
    const failure = failureOf(() => findBrowsers("/findes/ikke", withVariable));
    expect(failure).toMatchObject({ exit: "environment", code: "browser-mangler" });
    expect(failure.message).toBe("Browseren »/findes/ikke« kan ikke bruges.");
    expect(failure.hint).toContain("RESULTATPLAN_BROWSER");
  });

  test("on this machine a folder and a text file are no programs, node is", () => {
    const { isExecutable } = thisMachine();
    expect([isExecutable("/"), isExecutable(import.meta.filename), isExecutable(process.execPath)]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

test.each([
  ["headless-shell", "/usr/bin/chromium-headless-shell", true],
  ["bundled", undefined, true],
  ["chrome", "/opt/google/chrome/chrome", false],
  ["edge", "C:\\Program Files\\Edge\\msedge.exe", false],
  ["override", "/opt/chrome-headless-shell-linux64/chrome-headless-shell", true],
  ["override", "C:\\værktøj\\headless_shell.exe", true],
  ["override", "/opt/headless-shell/chrome", false],
] as const)("%s at %s is a headless shell: %s", (kind, executablePath, shell) => {
  expect(isHeadlessShell({ kind, name: "", executablePath })).toBe(shell);
});

function failureOf(run: () => unknown): Failure {
  try {
    run();
  } catch (cause) {
    if (cause instanceof Failure) return cause;
    throw cause;
  }
  throw new Error("nothing was thrown");
}

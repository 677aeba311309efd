import { defineConfig } from "vitest/config";

const timeouts = { testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // Test files that start browsers of their own share two cores.
    maxWorkers: 2,
    projects: [
      { test: { name: "unit", environment: "node", include: ["test/unit/**/*.test.ts"], ...timeouts } },
      {
        // Only these need the seed plans as PDFs, and only when one of them runs are the plans built.
        test: {
          name: "documents",
          environment: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/unit/**", "**/*.bench.ts"],
          globalSetup: "test/support/build.ts",
          ...timeouts,
        },
      },
    ],
  },
});

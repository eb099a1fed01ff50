import { defineConfig } from "vitest/config";

/** A file for the counts, where the caller wants them: `.ci/run` prints its closing line from it. */
const report = process.env.MILLRACE_TEST_REPORT;

export default defineConfig({
  test: {
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
    include: ["test/**/*.test.ts"],
    env: { PULUMI_ERROR_OUTPUT_STRING: "true", NO_COLOR: "1", TZ: "UTC" },
    setupFiles: ["test/support/seed.ts"],
    // Nothing is judged by time: a loaded machine starts a command in seconds.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores: the engine tests already take both.
    maxWorkers: 2,
  },
});

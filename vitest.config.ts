import { defineConfig } from "vitest/config";
import { workspaceSources } from "./test/setup/workspaceSources.ts";

/**
 * Three tiers. Unit tests lie beside the source and need nothing; integration tests need the embedded PostgreSQL (and
 * Redis, when there is one); e2e tests start the built product, and Chromium drives it.
 * Tests resolve every workspace package from source, so that only the e2e tier needs a build.
 */
const resolve = { alias: workspaceSources() };

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        // Loading a native engine reads half a gigabyte, by several test processes at once.
        test: {
          name: "unit",
          testTimeout: 30_000,
          hookTimeout: 180_000,
          include: [
            "{apps,packages}/*/src/**/*.test.{ts,tsx}",
            "packages/*/test/conformance/**/*.test.ts",
            "bench/**/*.test.ts",
            "test/{architecture,chaos}/**/*.test.ts",
          ],
          exclude: ["**/*.e2e.test.ts"],
        },
      },
      {
        resolve,
        test: {
          name: "integration",
          include: ["{apps,packages}/*/test/**/*.integration.test.ts"],
          globalSetup: ["test/setup/postgres.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        resolve,
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.e2e.test.ts", "test/browser/**/*.browser.test.ts", "test/chaos/**/*.e2e.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

import { defineConfig } from "vitest/config";

/**
 * Four tiers. Unit tests lie beside the source and need nothing; integration tests need the embedded PostgreSQL (and
 * Redis, when there is one); e2e tests start the built product; browser tests drive it with Chromium.
 * Tests resolve every workspace package from source through the `source` export condition, so nothing must be built first.
 */
const resolve = { conditions: ["source"] };
const ssr = { resolve };

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: { name: "unit", include: ["{apps,packages}/*/src/**/*.test.{ts,tsx}", "test/architecture/**/*.test.ts"] },
      },
      {
        resolve,
        ssr,
        test: {
          name: "integration",
          include: ["{apps,packages}/*/test/**/*.integration.test.ts"],
          globalSetup: ["packages/testkit/src/globalSetup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.e2e.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

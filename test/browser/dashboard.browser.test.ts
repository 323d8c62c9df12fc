import { createClient } from "@smoothsweep/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM_MISSING, findChromium } from "../setup/findChromium.ts";
import { type OpenPage, openPage } from "../setup/openPage.ts";

const executablePath = findChromium();

describe.skipIf(executablePath === undefined)(
  `the dashboard${executablePath === undefined ? `: ${CHROMIUM_MISSING}` : ""}`,
  () => {
    let opened: OpenPage;
    let page: Page;
    let url: string;

    beforeAll(async () => {
      opened = await openPage(executablePath as string);
      ({ page, url } = opened);
    });
    afterAll(() => opened?.close());

    it("shows a sweep from its submission to its last trial without a reload, and no error in the console", async () => {
      await page.goto(url);
      await page.getByText("npm run demo").first().waitFor();
      const { id } = await createClient({ baseUrl: url }).submitSweep({
        name: "seen in a browser",
        data: { dataset: "synthetic-blobs", train: 2000, validation: 200, test: 300 },
        model: { kind: "mlp", hidden: [32] },
        training: { epochs: 4, batchSize: 32 },
        axes: { "smoothing.epsilon": [0, 0.05, 0.1, 0.2], "smoothing.convention": ["uniform", "off-target"] },
        seeds: [0, 1, 2],
      });
      await page.getByTestId("sweep-row").first().click();
      await page.waitForURL(`**/sweeps/${id}**`);
      // Marks the document: a reload would lose the mark.
      await page.evaluate(() => document.body.setAttribute("data-visited", "yes"));
      await expect
        .poll(() => page.getByTestId("sweep-state").first().textContent(), { timeout: 120_000 })
        .toMatch(/completed/i);
      await expect.poll(() => page.getByTestId("progress-done").first().textContent()).toContain("21");
      await expect.poll(() => page.getByTestId("scatter-point").count()).toBeGreaterThanOrEqual(7);
      await expect.poll(() => page.getByTestId("cell-row").count()).toBe(8);
      await expect.poll(() => page.getByTestId("trial-square").count()).toBe(24);
      expect(await page.evaluate(() => document.body.getAttribute("data-visited"))).toBe("yes");
      expect(opened.mistakes).toEqual([]);
    });
  },
);

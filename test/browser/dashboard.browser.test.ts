import { createClient } from "@smoothsweep/client";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM_MISSING, chromiumArguments, findChromium } from "../setup/findChromium.ts";
import { type Product, startProduct, temporaryDataDirectory } from "../setup/product.ts";

const executablePath = findChromium();

describe.skipIf(executablePath === undefined)(
  `the dashboard${executablePath === undefined ? `: ${CHROMIUM_MISSING}` : ""}`,
  () => {
    const data = temporaryDataDirectory();
    let product: Product;
    let browser: Browser;
    let page: Page;
    let url: string;
    const mistakes: string[] = [];

    beforeAll(async () => {
      product = startProduct([
        "up",
        "--engine",
        "wasm",
        "--workers",
        "1",
        "--port",
        "0",
        "--data-directory",
        data.path,
      ]);
      url = (await product.says(/dashboard: (http:\S+)/))[1] as string;
      await product.says(/Ctrl-C stops it/);
      browser = await chromium.launch({ executablePath: executablePath as string, args: chromiumArguments });
      page = await browser.newPage();
      page.on("console", (message) => {
        if (message.type() === "error") mistakes.push(message.text());
      });
      page.on("pageerror", (error) => mistakes.push(error.message));
    });
    afterAll(async () => {
      await browser?.close();
      product?.child.kill("SIGTERM");
      await product?.ended();
      data.remove();
    });

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
      expect(mistakes).toEqual([]);
    });
  },
);

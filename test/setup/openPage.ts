import { type Browser, chromium, type Page } from "playwright-core";
import { chromiumArguments } from "./findChromium.ts";
import { startProduct, temporaryDataDirectory } from "./product.ts";

/** The built product with one worker, and a page of a real Chromium on it. */
export interface OpenPage {
  /** Of API and dashboard. */
  url: string;
  browser: Browser;
  page: Page;
  /** What the page's console and its scripts complained of. */
  mistakes: string[];
  close(): Promise<void>;
}

/** Starts everything on free ports and in a folder of its own. */
export async function openPage(executablePath: string): Promise<OpenPage> {
  const data = temporaryDataDirectory();
  const settings = ["--engine", "wasm", "--workers", "1", "--port", "0", "--data-directory", data.path];
  const product = startProduct(["up", ...settings]);
  const url = (await product.says(/dashboard: (http:\S+)/))[1] as string;
  await product.says(/Ctrl-C stops it/);
  const browser = await chromium.launch({ executablePath, args: chromiumArguments });
  const page = await browser.newPage();
  const mistakes: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") mistakes.push(message.text());
  });
  page.on("pageerror", (error) => mistakes.push(error.message));
  return {
    url,
    browser,
    page,
    mistakes,
    close: async () => {
      await browser.close();
      product.child.kill("SIGTERM");
      await product.ended();
      data.remove();
    },
  };
}

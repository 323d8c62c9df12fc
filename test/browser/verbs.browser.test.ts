import { type Client, createClient } from "@smoothsweep/client";
import type { SweepSpecInput, SweepVerb } from "@smoothsweep/contracts";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM_MISSING, findChromium } from "../setup/findChromium.ts";
import { type OpenPage, openPage } from "../setup/openPage.ts";

const executablePath = findChromium();

/** Eight trials, six of them distinct, that train in a moment. */
function blobs(name: string, changes: Partial<SweepSpecInput> = {}): SweepSpecInput {
  return {
    name,
    data: { dataset: "synthetic-blobs", train: 200, validation: 100, test: 100 },
    model: { kind: "mlp", hidden: [8] },
    training: { epochs: 1, batchSize: 50 },
    axes: { "smoothing.epsilon": [0, 0.1], "smoothing.convention": ["uniform", "off-target"] },
    seeds: [0, 1],
    cache: "off",
    ...changes,
  };
}

/** One trial that keeps the worker busy until it is cancelled. */
const endless = blobs("endless", { training: { epochs: 10_000, batchSize: 2 }, axes: {}, seeds: [0] });
/** Trials that diverge. */
const failing = blobs("failing", {
  training: { epochs: 1, batchSize: 2, optimizer: { kind: "sgd", learningRate: 100, momentum: 0.99 } },
  axes: {},
  seeds: [0],
});

describe.skipIf(executablePath === undefined)(
  `the verbs of the dashboard${executablePath === undefined ? `: ${CHROMIUM_MISSING}` : ""}`,
  () => {
    let opened: OpenPage;
    let page: Page;
    let client: Client;
    const ids: Record<string, string> = {};

    const submit = async (spec: SweepSpecInput) => (await client.submitSweep(spec)).id;
    const submitToEnd = async (spec: SweepSpecInput) => {
      const id = await submit(spec);
      for await (const { type } of client.watchSweep(id)) if (type === "sweep.ended") break;
      return id;
    };
    const show = async (sweepId: string) => {
      await page.goto(`${opened.url}/sweeps/${sweepId}`);
      await page.getByTestId("sweep-verbs").waitFor();
    };
    const button = (verb: SweepVerb) => page.getByTestId(`verb-${verb}`);
    const state = () => page.getByTestId("sweep-state").first().textContent();
    const becomes = (expected: string) => expect.poll(state, { timeout: 30_000 }).toContain(expected);
    /** The verbs that can be pressed, and the others with what they are described by. */
    const offered = async () => {
      const buttons = await page.getByTestId("sweep-verbs").getByRole("button").all();
      const told = await Promise.all(
        buttons.map(async (each) => {
          const verb = ((await each.getAttribute("data-testid")) ?? "").slice("verb-".length);
          const describedBy = await each.getAttribute("aria-describedby");
          const reason = describedBy === null ? null : await page.locator(`[id="${describedBy}"]`).textContent();
          return { verb, isRefused: (await each.getAttribute("aria-disabled")) === "true", reason };
        }),
      );
      expect(told.map(({ isRefused, reason }) => isRefused === (reason !== null))).not.toContain(false);
      return {
        can: told.filter(({ isRefused }) => !isRefused).map(({ verb }) => verb),
        cannot: Object.fromEntries(told.filter(({ isRefused }) => isRefused).map(({ verb, reason }) => [verb, reason])),
      };
    };

    beforeAll(async () => {
      opened = await openPage(executablePath as string);
      page = opened.page;
      client = createClient({ baseUrl: opened.url });
      ids["completed"] = await submitToEnd(blobs("completed"));
      ids["audited"] = await submitToEnd(blobs("audited", { cache: "verify", verifyShare: 0.5 }));
      ids["failed"] = await submitToEnd(failing);
      ids["endless"] = await submit(endless);
      for await (const { type } of client.watchSweep(ids["endless"])) if (type === "trials.started") break;
      ids["waiting"] = await submit(blobs("waiting"));
    });
    afterAll(() => opened?.close());

    it("offer what the state allows, and say of the others why not and what to do instead", async () => {
      const active = "It has not ended. Cancel it first, or wait.";
      const nothing = "No trial has failed or was cancelled.";
      await show(ids["waiting"] as string);
      expect(await offered()).toEqual({
        can: ["pause", "stop", "cancel", "extend"],
        cannot: { retry: nothing, archive: active, delete: active },
      });
      const over = "It has ended. Nothing is left to do; extend adds trials.";
      await show(ids["completed"] as string);
      expect(await offered()).toEqual({
        can: ["extend", "archive", "delete"],
        cannot: { pause: over, resume: over, stop: over, cancel: over },
      });
      const unfinished = "It has ended. Retry takes up the trials that have no result.";
      await show(ids["failed"] as string);
      expect(await offered()).toEqual({
        can: ["retry", "extend", "archive", "delete"],
        cannot: { pause: unfinished, resume: unfinished, stop: unfinished, cancel: unfinished },
      });
    });

    it("are done from the keyboard; one that is refused says why and changes nothing", async () => {
      await show(ids["waiting"] as string);
      await button("pause").focus();
      await page.keyboard.press("Enter");
      await becomes("paused");
      await expect.poll(async () => (await offered()).can).toEqual(["resume", "stop", "cancel", "extend"]);
      await button("delete").focus();
      await page.keyboard.press("Space");
      await expect
        .poll(() => page.getByTestId("verb-reason").textContent())
        .toBe("delete: It has not ended. Cancel it first, or wait.");
      expect(await page.getByTestId("delete-dialog").count()).toBe(0);
      await button("resume").focus();
      await page.keyboard.press("Enter");
      await becomes("running");
    });

    it("extend says how many trials it makes and what is refused before it is sent", async () => {
      await show(ids["waiting"] as string);
      await button("extend").click();
      const dialog = page.getByTestId("extend-dialog");
      const problem = dialog.getByTestId("problem");
      const [seeds, epsilons] = [
        dialog.getByLabel("More seeds"),
        dialog.getByLabel("More values of smoothing.epsilon"),
      ];
      await seeds.fill("5, x");
      await expect.poll(() => problem.textContent()).toContain("`seeds` must be whole numbers in [0, 4294967295]");
      await seeds.fill("");
      await epsilons.fill("0.2, 2");
      await expect.poll(() => problem.textContent()).toContain("must be in [0, 1), got 2");
      await page.keyboard.press("Enter");
      await epsilons.fill("0.1, 0.2");
      await seeds.fill("1, 5");
      const forecast = dialog.getByTestId("extension-forecast");
      await expect.poll(() => forecast.textContent()).toBe("Adds 10 trials: 9 to train, 1 merged as equivalent.");
      expect((await client.getSweep(ids["waiting"] as string)).counts.asked).toBe(8);
      await page.keyboard.press("Enter");
      await dialog.waitFor({ state: "detached" });
      await expect.poll(() => page.getByTestId("asked-note").textContent()).toContain("18 asked, 15 trained");
    });

    it("say why a change was refused that came too late, and offer what can be done by then", async () => {
      await show(ids["waiting"] as string);
      // Somebody else is faster, while this request is on its way.
      await page.route("**/pause", async (route) => {
        await client.changeSweep(ids["waiting"] as string, "cancel");
        await route.continue();
      });
      await button("pause").click();
      const problem = page.getByTestId("verb-problem");
      await expect.poll(() => problem.textContent()).toMatch(/was not changed.*cannot pause: it has ended/);
      await becomes("cancelled");
      await expect.poll(async () => (await offered()).can).toEqual(["retry", "archive", "delete"]);
      await problem.getByRole("button").click();
      await problem.waitFor({ state: "detached" });
      await page.unroute("**/pause");
    });

    it("cancel asks first: Escape keeps the sweep and gives the focus back, a yes aborts what runs", async () => {
      await show(ids["endless"] as string);
      await button("stop").click();
      await becomes("stopping");
      await expect.poll(async () => (await offered()).can).toEqual(["cancel"]);
      await button("cancel").focus();
      await page.keyboard.press("Enter");
      const dialog = page.getByTestId("cancel-dialog");
      expect(await dialog.textContent()).toContain("This ends 1 trial without a result, 1 of them in training.");
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      expect(await page.evaluate(() => document.activeElement?.getAttribute("data-testid"))).toBe("verb-cancel");
      expect((await client.getSweep(ids["endless"] as string)).state).toBe("stopping");
      await page.keyboard.press("Enter");
      await dialog.getByRole("button", { name: "Cancel the sweep" }).click();
      await becomes("cancelled");
      await dialog.waitFor({ state: "detached" });
    });

    it("archive hides a sweep and unarchive shows it; between them only that and delete are offered", async () => {
      await show(ids["failed"] as string);
      await button("archive").click();
      await expect.poll(async () => (await offered()).can).toEqual(["unarchive", "delete"]);
      await page.goto(opened.url);
      const row = page.locator(`[data-sweep-id="${ids["failed"]}"]`);
      await page.locator(`[data-sweep-id="${ids["completed"]}"]`).waitFor();
      expect(await row.count()).toBe(0);
      await page.getByRole("link", { name: "Archived sweeps" }).click();
      await row.getByRole("link").click();
      await button("unarchive").click();
      await expect.poll(async () => (await offered()).can).toContain("archive");
    });

    it("delete shows what would go, refuses when that has changed meanwhile, and goes back to the list", async () => {
      const id = ids["waiting"] as string;
      await show(id);
      await button("delete").click();
      const dialog = page.getByTestId("delete-dialog");
      const confirm = dialog.getByRole("button", { name: "Delete for good" });
      await expect.poll(() => dialog.textContent()).toContain("waiting has 18 trials, 0 results");
      for (const verb of ["retry", "cancel"] as const) await client.changeSweep(id, verb);
      await confirm.click();
      await expect
        .poll(() => dialog.getByTestId("problem").textContent())
        .toContain("must be the token of the sweep's");
      expect((await client.getSweep(id)).state).toBe("cancelled");
      await expect.poll(() => confirm.getAttribute("aria-disabled")).toBe("false");
      await confirm.click();
      await page.waitForURL(`${opened.url}/`);
      await expect(client.getSweep(id)).rejects.toMatchObject({ code: "not_found" });
      await expect.poll(() => page.locator(`[data-sweep-id="${id}"]`).count()).toBe(0);
    });

    it("have beside them, for each cell and trial, what was taken over and what was trained again and is equal", async () => {
      const { reused, audits } = await client.getSweep(ids["audited"] as string);
      expect([reused > 0, audits.identical > 0, reused + audits.identical]).toEqual([true, true, 6]);
      await show(ids["audited"] as string);
      const badges = page.getByTestId("cells-table").getByTestId("origin-badge");
      await expect.poll(() => badges.filter({ hasText: "verified" }).count()).toBeGreaterThan(0);
      expect(await badges.filter({ hasText: "reused" }).count()).toBeGreaterThan(0);
      const squares = page.getByTestId("trial-square");
      const named = (text: string) => page.getByRole("button", { name: new RegExp(`seed \\d .*${text}$`) });
      await expect.poll(() => squares.count()).toBe(8);
      expect((await named("verified equal").count()) + (await named("reused").count())).toBe(8);
      await named("reused").first().click();
      const origin = page.getByTestId("trial-origin");
      await expect.poll(() => origin.textContent()).toContain("The result of another sweep");
      await origin.getByRole("button").click();
      await expect.poll(() => origin.count()).toBe(0);
    });

    it("made no error in the console but the refusals that were asked for", () => {
      expect(opened.mistakes.filter((text) => !/status of 4(09|22)/.test(text))).toEqual([]);
    });
  },
);

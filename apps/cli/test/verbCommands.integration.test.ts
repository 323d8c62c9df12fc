import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCommandLine } from "./commandLine.ts";

let line: Awaited<ReturnType<typeof openCommandLine>>;
beforeAll(async () => {
  line = await openCommandLine();
});
afterAll(() => line.close());

const run = (...args: string[]) => line.run(...args);
const said = (printed: string) => ({ code: 0, printed, noticed: "" });
/** A refusal goes to standard error, with its code and what to do instead; standard output stays empty. */
const refused = (sweepId: string, verb: string, { reason, fix }: { reason: string; fix: string }) => ({
  code: 1,
  printed: "",
  noticed: `The sweep's state does not allow this: the sweep ${sweepId} cannot ${verb}: ${reason} [verb_refused]\n${fix}`,
});
const ended = { reason: "it has ended", fix: "`retry` takes up the trials that have no result." };
const active = { reason: "it has not ended", fix: "`cancel` it first, or wait." };

describe("smoothsweep pause, resume, stop, cancel, retry, archive and unarchive", () => {
  it("say what the sweep is afterwards, and that nothing changed when it was so already", async () => {
    const id = await line.submit("plain verbs");
    const already = ", nothing changed: it was so already";
    expect(await run("pause", id)).toEqual(said(`${id} is paused`));
    expect(await run("pause", id)).toEqual(said(`${id} is paused${already}`));
    expect(await run("resume", id)).toEqual(said(`${id} is running`));
    expect(await run("resume", id)).toEqual(said(`${id} is running${already}`));
    expect(await run("stop", id)).toEqual(said(`${id} is stopped, 6 trials changed`));
    expect(await run("stop", id)).toEqual(said(`${id} is stopped${already}`));
    expect(await run("retry", id)).toEqual(said(`${id} is running, 6 trials changed`));
    expect(await run("retry-failed", id)).toEqual(
      said(`${id} is running, nothing changed: no trial has failed or was cancelled`),
    );
    expect(await run("cancel", id)).toEqual(said(`${id} is cancelled, 6 trials changed`));
    expect(await run("archive", id)).toEqual(said(`${id} is cancelled, archived`));
    expect(await run("unarchive", id)).toEqual(said(`${id} is cancelled`));
  });

  it("are refused with the reason, what to do instead, and exit code 1", async () => {
    const [running, over] = [await line.submit("refusals"), await line.submit("refusals of the ended")];
    await run("cancel", over);
    for (const verb of ["pause", "resume", "stop"]) expect(await run(verb, over)).toEqual(refused(over, verb, ended));
    expect(await run("archive", running)).toEqual(refused(running, "archive", active));
    await line.finish(running);
    const complete = { reason: "it has ended", fix: "Nothing is left to do; `extend` adds trials." };
    expect(await run("cancel", running)).toEqual(refused(running, "cancel", complete));
    await run("archive", over);
    expect(await run("retry", over)).toEqual(
      refused(over, "retry", { reason: "it is archived", fix: "`unarchive` it first." }),
    );
  });

  it("say that there is no such sweep, and what a command needs", async () => {
    expect(await run("pause", "swp_none")).toMatchObject({ code: 1, noticed: expect.stringContaining("[not_found]") });
    expect(await run("pause")).toMatchObject({ code: 1, noticed: expect.stringContaining("argument 'sweep'") });
  });

  it("print the API's answer as JSON when they are asked to", async () => {
    const id = await line.submit("json");
    const { code, printed } = await run("stop", id, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(printed)).toEqual({ sweepId: id, state: "stopped", isArchived: false, changed: true, trials: 6 });
  });

  it("take up what failed", async () => {
    const id = await line.submit("failing");
    await line.finish(id, "failed");
    expect(await run("retry", id)).toEqual(said(`${id} is running, 6 trials changed`));
  });
});

describe("smoothsweep extend", () => {
  it("adds seeds and values, says how many trials that made, and that nothing changed when they were there", async () => {
    const id = await line.submit("extended");
    const seeds = ["extend", id, "--seeds", "1,7"];
    expect(await run(...seeds)).toEqual(
      said(`${id} is running, 4 trials added, 0 of them with results of other sweeps`),
    );
    expect(await run(...seeds)).toEqual(said(`${id} is running, nothing changed: it has these trials already`));
    const values = ["--values", "smoothing.epsilon=0.2", "--values", "smoothing.epsilon=0.3"];
    expect(await run("extend", id, ...values)).toMatchObject({ printed: expect.stringContaining("12 trials added") });
    expect((await line.client.getSweep(id)).spec).toMatchObject({
      seeds: [0, 1, 7],
      axes: { "smoothing.epsilon": [0, 0.1, 0.2, 0.3] },
    });
  });

  it("says beforehand what it would add, and adds nothing, with --dry-run", async () => {
    const id = await line.submit("forecast");
    const text = `${id} would get 4 trials, 3 of them distinct, 0 with results in other sweeps`;
    expect(await run("extend", id, "--seeds", "9", "--dry-run")).toEqual(said(text));
    expect((await line.client.getSweep(id)).counts.asked).toBe(8);
    const { printed } = await run("extend", id, "--seeds", "9", "--dry-run", "--json");
    expect(JSON.parse(printed)).toEqual({ sweepId: id, added: 4, distinct: 3, reusable: 0 });
  });

  it.each([
    ["a seed that is none", ["--seeds", "5,x"], /`seeds` must be whole numbers in \[0, \d+\].*got "x"/],
    ["values without an axis", ["--values", "0.3"], /`--values` must be axis=value,value, got "0.3"/],
    ["an axis without values", ["--values", "smoothing.epsilon="], /`--values` must be axis=value,value/],
    ["neither seeds nor values", [], /must be given `--seeds` or `--values`/],
    ["an axis that the sweep does not vary", ["--values", "training.epochs=3"], /must name axes.*"training.epochs"/],
    [
      "a value that breaks a rule",
      ["--values", "smoothing.epsilon=0.3,2"],
      /axes\["smoothing.epsilon"\]\[3\]: .* must be in \[0, 1\), got 2 \[epsilon_out_of_range\]/,
    ],
  ])("refuses %s with exit code 1: field, rule and value", async (_, flags, message) => {
    const id = await line.submit("mistakes");
    expect(await run("extend", id, ...flags)).toEqual({
      code: 1,
      printed: "",
      noticed: expect.stringMatching(message),
    });
    expect((await line.client.getSweep(id)).counts.asked).toBe(8);
  });

  it("is refused for a sweep of which trials were cancelled", async () => {
    const id = await line.submit("cancelled");
    await run("cancel", id);
    const fix = "`retry` takes them up again; then it can be extended.";
    const refusal = refused(id, "extend", { reason: "some of its trials were cancelled", fix });
    expect(await run("extend", id, "--seeds", "5")).toEqual(refusal);
    expect(await run("extend", id, "--seeds", "5", "--dry-run")).toEqual(refusal);
  });
});

describe("smoothsweep delete", () => {
  it("says what would go and how to confirm it; with the token it deletes", async () => {
    const id = await line.submit("deleted");
    await line.finish(id);
    const { code, printed } = await run("delete", id);
    expect([code, printed]).toEqual([0, expect.stringContaining(`${id} (deleted) has 8 trials, 6 results and `)]);
    const token = /--confirm (\w+)$/.exec(printed)?.[1] as string;
    expect(await run("delete", id, "--confirm", token)).toEqual(said(`${id} is deleted`));
    await expect(line.client.getSweep(id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("refuses a token that does not fit the sweep as it is now", async () => {
    const id = await line.submit("changed");
    await run("cancel", id);
    const token = JSON.parse((await run("delete", id, "--json")).printed).confirm as string;
    for (const verb of ["retry", "cancel"]) await run(verb, id);
    expect(await run("delete", id, "--confirm", token)).toMatchObject({
      code: 1,
      noticed: expect.stringMatching(/\[confirmation_mismatch\]\nAsk for the preview/),
    });
    expect((await line.client.getSweep(id)).state).toBe("cancelled");
  });

  it("deletes what is there now with --yes, and not together with a token", async () => {
    const id = await line.submit("at once");
    expect(await run("delete", id, "--yes")).toEqual(refused(id, "delete", active));
    await run("cancel", id);
    expect(await run("delete", id, "--yes", "--confirm", "x")).toMatchObject({ code: 1 });
    expect(JSON.parse((await run("delete", id, "--yes", "--json")).printed)).toEqual({ deleted: id });
    expect(await run("delete", id)).toMatchObject({ code: 1, noticed: expect.stringContaining("[not_found]") });
  });
});

import { describe, expect, test, vi } from "vitest";
import { createReleaser } from "./createReleaser.ts";

describe("createReleaser", () => {
  test("what was acquired last is released first, one after the other", async () => {
    const events: string[] = [];
    const releaser = createReleaser();
    for (const name of ["database", "queue", "server"]) {
      releaser.add(name, async () => {
        events.push(`${name} begins`);
        await Promise.resolve();
        events.push(`${name} ends`);
      });
    }
    await releaser.releaseAll();
    const expected = ["server begins", "server ends", "queue begins", "queue ends", "database begins", "database ends"];
    expect(events).toEqual(expected);
  });

  test("a failing release does not keep the others from running, and the first error is thrown", async () => {
    const first = new Error("first");
    const onError = vi.fn();
    const release = vi.fn();
    const releaser = createReleaser({ onError });
    releaser.add("database", release);
    releaser.add("queue", () => Promise.reject(new Error("second")));
    releaser.add("server", () => {
      throw first;
    });
    await expect(releaser.releaseAll()).rejects.toMatchObject({
      message: "releasing server failed: first",
      cause: first,
    });
    expect(release).toHaveBeenCalledOnce();
    expect(onError.mock.calls.map(([name]) => name)).toEqual(["server", "queue"]);
  });

  test("releasing twice releases once", async () => {
    const release = vi.fn();
    const releaser = createReleaser();
    releaser.add("server", release);
    await Promise.all([releaser.releaseAll(), releaser.releaseAll()]);
    expect(release).toHaveBeenCalledOnce();
  });

  test("what is added while releasing is released too, and afterwards nothing can be added", async () => {
    const late = vi.fn();
    const releaser = createReleaser();
    releaser.add("server", () => releaser.add("late", late));
    await releaser.releaseAll();
    expect(late).toHaveBeenCalledOnce();
    expect(() => releaser.add("too late", late)).toThrow("too late");
  });
});

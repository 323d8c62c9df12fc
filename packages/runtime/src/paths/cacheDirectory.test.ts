import { homedir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cacheDirectory, projectDataDirectory } from "./cacheDirectory.ts";

test("the cache is where XDG says, else under the home directory", () => {
  expect(cacheDirectory({ XDG_CACHE_HOME: "/var/cache" })).toBe("/var/cache/smoothsweep");
  const usual = join(homedir(), ".cache", "smoothsweep");
  expect(cacheDirectory({})).toBe(usual);
  // The XDG rule: relative paths are to be ignored.
  expect(cacheDirectory({ XDG_CACHE_HOME: "cache" })).toBe(usual);
});

test("a project's data are in its own folder", () => {
  expect(projectDataDirectory("/work/project")).toBe("/work/project/.smoothsweep");
});

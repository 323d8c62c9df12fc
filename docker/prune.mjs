// Deletes everything under a root folder that the named apps do not need at run time: installed packages, other
// workspaces, sources. `npm ci --omit=dev` keeps more, since it counts optional peers that a dev dependency brings
// (Prisma's command line and studio, TypeScript, React) as production.
// Usage: node docker/prune.mjs [--without PACKAGE]... WORKSPACE...   (docker/Dockerfile does, inside a build stage)
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { without: { type: "string", multiple: true, default: [] } },
});
const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
const needed = closure(positionals);

for (const place of Object.keys(packages)) {
  const isKept = place === "" || needed.has(place) || [...needed].some((other) => other.startsWith(`${place}/`));
  if (!isKept) rmSync(join(root, place), { recursive: true, force: true });
  else if (isWorkspace(place)) rmSync(join(root, place, "src"), { recursive: true, force: true });
}
for (const name of [".bin", ".cache", ".package-lock.json"]) {
  rmSync(join(root, "node_modules", name), { recursive: true, force: true });
}
removeEmptyScopes(join(root, "node_modules"));

/** Places (lock file keys) of the given workspaces and of all that they depend on at run time. */
function closure(workspaces) {
  const reached = new Set();
  const waiting = [...workspaces];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    if (reached.has(place)) continue;
    reached.add(place);
    const entry = packages[place];
    if (entry === undefined) throw new Error(`package-lock.json has no ${place}`);
    if (entry.link === true) waiting.push(entry.resolved);
    for (const name of runtimeNames(entry)) {
      const found = resolvePlace(place, name);
      if (found !== undefined) waiting.push(found);
    }
  }
  return reached;
}

function runtimeNames({ dependencies, optionalDependencies, peerDependencies = {}, peerDependenciesMeta = {} }) {
  const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  const names = [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers];
  return names.filter((name) => !values.without.includes(name));
}

/** Where Node finds a package that the one at `from` imports; undefined when it is not installed. */
function resolvePlace(from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/")))) {
    const candidate = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (candidate in packages) return candidate;
    if (folder === "") return undefined;
  }
}

function isWorkspace(place) {
  return /^(apps|packages)\/[^/]+$/.test(place);
}

function removeEmptyScopes(modules) {
  if (!existsSync(modules)) return;
  for (const name of readdirSync(modules)) {
    if (name.startsWith("@") && readdirSync(join(modules, name)).length === 0)
      rmSync(join(modules, name), { recursive: true });
  }
}

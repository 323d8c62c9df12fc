import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { DatasetOptions } from "./datasetOptions.ts";

const run = promisify(execFile);

type Settings = Record<string, unknown>;

/** npm's names of settings -> the names that pacote and npm-registry-fetch give them. */
const optionNames: Readonly<Record<string, string>> = {
  registry: "registry",
  proxy: "proxy",
  "https-proxy": "httpsProxy",
  noproxy: "noProxy",
  ca: "ca",
  "strict-ssl": "strictSSL",
  "local-address": "localAddress",
  "fetch-timeout": "timeout",
  "replace-registry-host": "replaceRegistryHost",
  offline: "offline",
  "prefer-offline": "preferOffline",
  "prefer-online": "preferOnline",
  "user-agent": "userAgent",
};

/**
 * The user's npm configuration as options for pacote: registry, proxy, certificates, retries, credentials.
 *
 * npm itself is asked (`npm config list --json`), because it alone knows how its files, its environment variables and
 * its defaults combine. It keeps credentials to itself, so those are read from the files that it names. Where there is
 * no npm (a bare container), pacote's own defaults hold.
 */
export async function readNpmSettings(environment: NonNullable<DatasetOptions["environment"]>): Promise<Settings> {
  const listed = await listSettings();
  const files = [listed["globalconfig"], listed["userconfig"], join(process.cwd(), ".npmrc")];
  const written: Settings = {};
  for (const file of files) {
    if (typeof file === "string") Object.assign(written, parseNpmrc(await readText(file), environment));
  }
  // What npm withholds because a password is in it (a proxy's URL) is in the files.
  const settings = { ...written, ...listed };
  const options: Settings = { retry: retryOptions(settings) };
  for (const [name, option] of Object.entries(optionNames)) {
    const value = settings[name];
    if (value !== null && value !== undefined && value !== "") options[option] = value;
  }
  for (const [name, value] of Object.entries(settings)) if (name.startsWith("//")) options[name] = value;
  if (typeof settings["cache"] === "string") options["cache"] = join(settings["cache"], "_cacache");
  if (typeof settings["cafile"] === "string") options["ca"] = await readCertificates(settings["cafile"]);
  return options;
}

async function listSettings(): Promise<Settings> {
  try {
    const isWindows = process.platform === "win32";
    // Without the notifier: it would ask the registry for a newer npm first.
    const args = ["config", "list", "--long", "--json", "--no-update-notifier"];
    const { stdout } = await run("npm", args, { shell: isWindows, timeout: 20_000 });
    return JSON.parse(stdout) as Settings;
  } catch {
    return {};
  }
}

/** The lines `name = value` of an npmrc file, with `${NAME}` filled in from the environment. */
export function parseNpmrc(text: string, environment: NonNullable<DatasetOptions["environment"]>): Settings {
  const settings: Settings = {};
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*([^;#=\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    const value = match[2].replace(/^(["'])(.*)\1$/, "$2");
    settings[match[1]] = value.replace(/\$\{([^}?]+)\??\}/g, (whole, name: string) => environment[name] ?? whole);
  }
  return settings;
}

function retryOptions(settings: Settings): Settings {
  const names = { "fetch-retries": "retries", "fetch-retry-factor": "factor" } as const;
  const bounds = { "fetch-retry-mintimeout": "minTimeout", "fetch-retry-maxtimeout": "maxTimeout" } as const;
  const retry: Settings = {};
  for (const [name, option] of Object.entries({ ...names, ...bounds })) {
    const value = Number(settings[name] ?? Number.NaN);
    if (Number.isFinite(value)) retry[option] = value;
  }
  return retry;
}

async function readCertificates(path: string): Promise<string[] | undefined> {
  const text = await readText(path);
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g);
  return certificates === null ? undefined : [...certificates];
}

async function readText(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

import { AppError } from "@smoothsweep/contracts";
import type { z } from "zod";
import { isSecretName, MASK, maskUrlPasswords } from "./maskSecrets.ts";

/** Where settings come from, in order of precedence: flags, then environment, then file, then defaults. */
export interface ConfigSources {
  /** From the command line, by setting name. */
  flags?: Readonly<Record<string, unknown>>;
  /** Environment variables, by variable name. */
  env?: Readonly<Record<string, string | undefined>>;
  /** From a configuration file, by setting name. */
  file?: Readonly<Record<string, unknown>>;
  /** What holds when nothing else is given, by setting name. */
  defaults?: Readonly<Record<string, unknown>>;
  /** Settings whose variable is not the usual one: `{ databaseUrl: "DATABASE_URL" }`. */
  variables?: Readonly<Record<string, string>>;
  /** `SMOOTHSWEEP_*` variables that other programs of the product read: present is no mistake here. */
  foreignVariables?: readonly string[];
}

/** One mistake in the configuration. */
export interface ConfigProblem {
  /** The setting or variable as the user wrote it: `SMOOTHSWEEP_PORT`, `--port`, `port`. */
  setting: string;
  message: string;
}

interface Given {
  value: unknown;
  /** How the user wrote the setting's name. */
  writtenAs: string;
}

const PREFIX = "SMOOTHSWEEP_";

/** The usual environment variable of a setting: `workerCount` -> `SMOOTHSWEEP_WORKER_COUNT`. */
export function variableOf(setting: string): string {
  return PREFIX + setting.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase();
}

/**
 * One configuration out of flags, environment, file and defaults (in this order of precedence), checked by the schema.
 * Pure: it reads nothing but its arguments. An empty text counts as absent; unknown settings and unknown
 * `SMOOTHSWEEP_*` variables are mistakes.
 *
 * @param schema An object schema; one key a setting. Rules across settings go into its `superRefine`.
 * @returns The parsed configuration, deeply frozen.
 * @throws AppError `invalid_config` that lists every mistake at once (`context.problems`: {@link ConfigProblem}[]).
 * @example
 * loadConfig(z.object({ port: portField() }), { env: readEnvironment(), defaults: { port: 4600 } })
 */
export function loadConfig<TSchema extends z.ZodObject>(schema: TSchema, sources: ConfigSources): z.output<TSchema> {
  const settings = Object.keys(schema.shape);
  const given = gather(settings, sources);
  const problems = findUnknown(settings, sources);
  const parsed = schema.safeParse(Object.fromEntries([...given].map(([setting, { value }]) => [setting, value])));
  if (parsed.success && problems.length === 0) return deepFreeze(parsed.data);
  for (const issue of parsed.error?.issues ?? []) {
    const setting = String(issue.path[0] ?? "configuration");
    problems.push(describeProblem(given.get(setting) ?? missing(setting, sources), issue.message));
  }
  const lines = problems.map(({ message }) => message);
  throw new AppError("invalid_config", `the configuration has ${count(problems.length)}: ${lines.join("; ")}`, {
    context: { problems },
    fix: "Correct the settings named here; .env.example lists them all",
  });
}

function gather(settings: readonly string[], sources: ConfigSources): Map<string, Given> {
  const given = new Map<string, Given>();
  for (const setting of settings) {
    const variable = sources.variables?.[setting] ?? variableOf(setting);
    const candidates: Given[] = [
      { value: sources.flags?.[setting], writtenAs: `--${toFlag(setting)}` },
      { value: sources.env?.[variable], writtenAs: variable },
      { value: sources.file?.[setting], writtenAs: setting },
      { value: sources.defaults?.[setting], writtenAs: setting },
    ];
    const first = candidates.find(({ value }) => value !== undefined && value !== "");
    if (first !== undefined) given.set(setting, first);
  }
  return given;
}

function findUnknown(settings: readonly string[], sources: ConfigSources): ConfigProblem[] {
  const variables = settings.map((setting) => sources.variables?.[setting] ?? variableOf(setting));
  const known = new Set([...variables, ...(sources.foreignVariables ?? [])]);
  const unknown = Object.entries(sources.env ?? {})
    .filter(([name, value]) => name.startsWith(PREFIX) && value !== undefined && value !== "" && !known.has(name))
    .map(([name]) => name);
  for (const name of Object.keys(sources.flags ?? {})) if (!settings.includes(name)) unknown.push(`--${toFlag(name)}`);
  for (const name of Object.keys(sources.file ?? {})) if (!settings.includes(name)) unknown.push(name);
  return unknown.map((setting) => ({ setting, message: `\`${setting}\` is not a setting` }));
}

/** A setting that nobody gave, by the name of the variable that would. */
function missing(setting: string, sources: ConfigSources): Given {
  return { value: undefined, writtenAs: sources.variables?.[setting] ?? variableOf(setting) };
}

function describeProblem({ value, writtenAs }: Given, rule: string): ConfigProblem {
  if (value === undefined) return { setting: writtenAs, message: `\`${writtenAs}\` must be given` };
  const shown = isSecretName(writtenAs) ? MASK : maskUrlPasswords(JSON.stringify(value) ?? String(value));
  return { setting: writtenAs, message: `\`${writtenAs}\` ${rule}, got ${shown}` };
}

function toFlag(setting: string): string {
  return setting.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
}

function count(problems: number): string {
  return problems === 1 ? "1 mistake" : `${problems} mistakes`;
}

function deepFreeze<TValue>(value: TValue): TValue {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}

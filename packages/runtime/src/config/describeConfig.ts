import { isSecretName, MASK, maskUrlPasswords } from "./maskSecrets.ts";

/**
 * A configuration that may be printed: secrets by name become `***`, URLs lose their passwords, the rest is as it is.
 * Nested objects and lists are followed; the argument is not changed.
 */
export function describeConfig(config: object): Record<string, unknown> {
  const described: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(config)) described[name] = describeValue(name, value);
  return described;
}

function describeValue(name: string, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (isSecretName(name)) return MASK;
  if (typeof value === "string") return maskUrlPasswords(value);
  if (Array.isArray(value)) return value.map((element) => describeValue(name, element));
  return typeof value === "object" ? describeConfig(value) : value;
}

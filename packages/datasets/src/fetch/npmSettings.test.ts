import { describe, expect, test } from "vitest";
import { parseNpmrc, readNpmSettings } from "./npmSettings.ts";

/** How npm's files refer to an environment variable. */
const placeholder = (name: string) => `$\{${name}}`;

describe("npm's configuration", () => {
  test("settings, quotes, comments and environment variables are read as npm reads them", () => {
    const text = [
      "; a comment",
      "# another",
      "registry=https://registry.example/npm/",
      '  strict-ssl = "false"',
      `//registry.example/npm/:_authToken=${placeholder("NPM_TOKEN")}`,
      `//other.example/:_password=${placeholder("NOT_SET")}`,
      "not a setting",
    ].join("\r\n");
    expect(parseNpmrc(text, { NPM_TOKEN: "secret=" })).toEqual({
      registry: "https://registry.example/npm/",
      "strict-ssl": "false",
      "//registry.example/npm/:_authToken": "secret=",
      "//other.example/:_password": placeholder("NOT_SET"),
    });
  });

  test("npm's own answer arrives under pacote's names", async () => {
    const settings = await readNpmSettings({});
    expect(settings["registry"]).toMatch(/^https?:\/\//);
    expect(settings["cache"]).toMatch(/_cacache$/);
    expect(settings["retry"]).toMatchObject({ retries: expect.any(Number) });
  });
});

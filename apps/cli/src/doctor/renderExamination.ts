import { formatBytes } from "@smoothsweep/runtime";
import type { EngineFinding, Examination, Finding } from "./examination.ts";
import { renderPackingObstacles, renderPackSizes } from "./renderPackSizes.ts";

const NAME_WIDTH = 16;
const indent = " ".repeat(NAME_WIDTH);

function findingLines([name, { ok, text, fix }]: readonly [string, Finding]): string[] {
  const lines = [`${name.padEnd(NAME_WIDTH)}${ok ? "" : "problem: "}${text}`];
  return fix === undefined ? lines : [...lines, `${indent}${fix}`];
}

function engineLines({ name, state, chosen, ...told }: EngineFinding): string[] {
  const { version, device, memoryBytes, selfTestSeconds, reason, fix } = told;
  const memory = memoryBytes === undefined ? "" : `, ${formatBytes(memoryBytes)} of memory`;
  const proof = selfTestSeconds === undefined ? "" : `self-test passed in ${selfTestSeconds.toFixed(1)} s`;
  const place = device === undefined ? undefined : `${version} on ${device}${memory}; ${proof}`;
  const details = [place, reason, fix].filter((line) => line !== undefined);
  return [
    `${name.padEnd(NAME_WIDTH)}${chosen ? "works, chosen by auto" : state}`,
    ...details.map((line) => `${indent}${line}`),
  ];
}

/** Lines under a name. */
function titled(name: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `${index === 0 ? name.padEnd(NAME_WIDTH) : indent}${line}`);
}

/** An examination for a person. */
export function renderExamination({ version, findings, engines, packSizes, ok }: Examination): string {
  const verdict = ok ? [] : ["", "No engine can work here: see above."];
  return [
    `smoothsweep ${version}`,
    "",
    ...Object.entries(findings).flatMap(findingLines),
    "",
    ...engines.flatMap(engineLines),
    "",
    ...titled("pack sizes", renderPackSizes(packSizes)),
    ...titled("in turn", renderPackingObstacles()),
    ...verdict,
  ].join("\n");
}

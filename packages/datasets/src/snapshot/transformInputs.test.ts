import { expect, test } from "vitest";
import { sha256 } from "../fetch/pinnedContent.ts";
import { transformInputs } from "./transformInputs.ts";

const mnist = { kind: "standardise", divideBy: 255, mean: 0.1307, sd: 0.3081 } as const;

test("standardised pixels are those of NumPy's float32 arithmetic, bit for bit", () => {
  const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  const inputs = transformInputs(everyByte, Uint32Array.of(0), { featureCount: 256, transform: mnist });
  // sha256(((arange(256, dtype=float32) / float32(255) - float32(0.1307)) / float32(0.3081)).tobytes())
  expect(sha256(inputs)).toBe("0103dbab6b16bfcaea0aa75d7377b4b22bb6792081600921bee4a17ff9c4d33e");
});

test("rows come in the order asked for, also more than once", () => {
  const raw = Float32Array.of(1, 2, 3, 4, 5, 6);
  const inputs = transformInputs(raw, Uint32Array.of(2, 0, 2), { featureCount: 2, transform: { kind: "none" } });
  expect([...inputs]).toEqual([5, 6, 1, 2, 5, 6]);
});

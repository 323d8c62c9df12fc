import { describe, expect, test } from "vitest";
import { readIdx } from "./readIdx.ts";
import { writeIdx } from "./writeIdx.ts";

const twoByThree = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];

describe("readIdx", () => {
  test("shape and values come as they are in the file", () => {
    const { shape, values } = readIdx(Uint8Array.from(twoByThree), "images");
    expect(shape).toEqual([2, 3]);
    expect([...values]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("bytes that are a view into a larger buffer are read from their own start", () => {
    const buffer = Uint8Array.from([9, 9, 9, ...twoByThree]);
    expect([...readIdx(buffer.subarray(3), "images").values]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test("shorts are read and written back to the same bytes", () => {
    const bytes = [0, 0, 0x0b, 1, 0, 0, 0, 3, 0, 1, 0x7f, 0xff, 0xff, 0xfe];
    const { shape, values } = readIdx(Uint8Array.from(bytes), "tokens");
    expect(shape).toEqual([3]);
    expect(values).toEqual(Int16Array.of(1, 32_767, -2));
    expect(Array.from(writeIdx(shape, values))).toEqual(bytes);
    expect(Array.from(writeIdx([2, 3], Uint8Array.of(1, 2, 3, 4, 5, 6)))).toEqual(twoByThree);
  });

  test.each([
    ["an empty file", []],
    ["another beginning", [1, ...twoByThree.slice(1)]],
    ["another type", [0, 0, 0x0d, ...twoByThree.slice(3)]],
    ["no dimension", [0, 0, 8, 0]],
    ["a header cut off", twoByThree.slice(0, 9)],
    ["values missing", twoByThree.slice(0, -1)],
    ["values too many", [...twoByThree, 7]],
  ])("%s is corrupt", (_, bytes) => {
    expect(() => readIdx(Uint8Array.from(bytes), "images")).toThrow(
      expect.objectContaining({ code: "dataset_corrupt" }),
    );
  });
});

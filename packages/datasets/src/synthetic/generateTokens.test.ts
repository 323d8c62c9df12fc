import { describe, expect, test } from "vitest";
import { generateLanguage } from "./generateLanguage.ts";
import { generateTopics } from "./generateTopics.ts";

describe("generated topics", () => {
  const options = { seed: 1, trainRows: 800, testRows: 80, classCount: 4, vocabulary: 200, length: 16 };
  const { trainInputs, trainLabels, testInputs } = generateTopics(options);
  const rows = Array.from(trainLabels, (label, row) => ({
    label,
    words: trainInputs.subarray(row * 16, row * 16 + 16),
  }));

  test("rows have 2 to 16 words in [1, vocabulary), filled up with padding at the end", () => {
    const lengths = rows.map(({ words }) => words.indexOf(0)).map((end) => (end === -1 ? 16 : end));
    expect(Math.min(...lengths)).toBe(2);
    expect(Math.max(...lengths)).toBe(16);
    rows.forEach(({ words }, row) => {
      expect(words.subarray(lengths[row]).every((word) => word === 0)).toBe(true);
      expect(words.every((word) => word < 200)).toBe(true);
    });
    expect(testInputs).toHaveLength(80 * 16);
  });

  test("a topic's own words come up most under it, and under the others as well", () => {
    const own = (topic: number, word: number) => word > 20 * topic && word <= 20 * topic + 20;
    const share = (label: number, topic: number) => {
      const words = rows.filter((row) => row.label === label).flatMap((row) => [...row.words].filter(Boolean));
      return words.filter((word) => own(topic, word)).length / words.length;
    };
    // The first topic's words are the most frequent ones anyway; for the third, 20 of 199 words.
    expect(share(2, 2)).toBeGreaterThan(0.2);
    expect(share(3, 2)).toBeGreaterThan(0.01);
    expect(share(3, 2)).toBeLessThan(0.2);
  });
});

describe("generated language", () => {
  const { trainInputs, trainLabels } = generateLanguage({
    seed: 1,
    trainRows: 2000,
    testRows: 10,
    vocabulary: 8,
    length: 16,
  });

  /** How often the commonest successor of a context comes, over all contexts. */
  function predictability(contextOf: (place: number) => number): number {
    const counts = new Map<number, number[]>();
    for (let place = 0; place < trainLabels.length; place += 1) {
      if (place % 16 === 0) continue;
      const row = counts.get(contextOf(place)) ?? new Array<number>(8).fill(0);
      counts.set(contextOf(place), row);
      row[trainLabels[place] ?? 0]! += 1;
    }
    const best = [...counts.values()].reduce((sum, row) => sum + Math.max(...row), 0);
    return best / [...counts.values()].flat().reduce((sum, count) => sum + count, 0);
  }

  test("two tokens tell more of the next than one, and about as much as was put in", () => {
    const one = predictability((place) => trainInputs[place] ?? 0);
    const two = predictability((place) => (trainInputs[place - 1] ?? 0) * 8 + (trainInputs[place] ?? 0));
    // 0.5 for the preferred successor, 0.2 / 8 by chance, and what preferred ones share.
    expect(two).toBeGreaterThan(0.52);
    expect(two).toBeLessThan(0.62);
    expect(one).toBeLessThan(two - 0.15);
  });
});

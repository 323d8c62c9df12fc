import type { OutboxToken, QueuedToken, TrialQueue, WorkQueueLedger } from "@smoothsweep/sweeps";
import { describe, expect, it } from "vitest";
import { relayOutbox } from "./relayOutbox.ts";

const tokens = (count: number): OutboxToken[] =>
  Array.from({ length: count }, (_, index) => ({
    id: BigInt(index),
    sweepId: "swp_1",
    groupId: `grp_${index}`,
    index: index % 3,
    place: 16 * index,
    generation: 2,
  }));

/** A ledger that keeps what was not sent, as the database does; the real one has a contract suite of its own. */
function ledgerOf(unsent: OutboxToken[]): Pick<WorkQueueLedger, "relayOutbox"> {
  return {
    relayOutbox: async (limit, send) => {
      const batch = unsent.slice(0, limit);
      if (batch.length > 0) await send(batch);
      unsent.splice(0, batch.length);
      return batch.length;
    },
  };
}

describe("relayOutbox", () => {
  it("sends every token as a job of its group, however many there are", async () => {
    const sent: QueuedToken[] = [];
    const queue = { enqueue: async (batch: readonly QueuedToken[]) => void sent.push(...batch) };
    const unsent = tokens(1201);
    await relayOutbox(ledgerOf(unsent) as WorkQueueLedger, queue as unknown as TrialQueue);
    expect(unsent).toEqual([]);
    expect(sent).toHaveLength(1201);
    expect(sent[4]).toEqual({
      job: { version: 1, sweepId: "swp_1", groupId: "grp_4", index: 1, place: 64 },
      generation: 2,
    });
  });

  it("keeps what the queue did not take, and says so", async () => {
    const queue = { enqueue: () => Promise.reject(new Error("queue is down")) };
    const unsent = tokens(3);
    const relaying = relayOutbox(ledgerOf(unsent) as WorkQueueLedger, queue as unknown as TrialQueue);
    await expect(relaying).rejects.toThrow("queue is down");
    expect(unsent).toHaveLength(3);
  });
});

import type { OutboxToken, TrialQueue, WorkQueueLedger } from "@smoothsweep/sweeps";

const BATCH = 500;

/** Sends every unsent token of the outbox to the queue. */
export async function relayOutbox(ledger: WorkQueueLedger, queue: TrialQueue): Promise<void> {
  const send = (tokens: readonly OutboxToken[]) =>
    queue.enqueue(
      tokens.map(({ sweepId, groupId, index, place, generation }) => ({
        job: { version: 1 as const, sweepId, groupId, index, place },
        generation,
      })),
    );
  while ((await ledger.relayOutbox(BATCH, send)) > 0);
}

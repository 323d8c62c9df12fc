import type { Socket } from "node:net";

/** What becomes of bytes that a side says now: lost, or handed on after so many milliseconds. */
export type Passage = "lost" | { delayMs: number };

/**
 * Forwards what `from` says to `to`, in order whatever the delays, and its end after it.
 * @param passage Asked for each piece of data and for the end.
 */
export function forwardOneWay(from: Socket, to: Socket, passage: () => Passage): void {
  const waiting: { dueAt: number; deliver: () => void }[] = [];
  let timer: NodeJS.Timeout | undefined;

  const deliverDue = () => {
    timer = undefined;
    while (waiting[0] !== undefined && waiting[0].dueAt <= performance.now()) waiting.shift()?.deliver();
    if (waiting[0] !== undefined) timer = setTimeout(deliverDue, Math.ceil(waiting[0].dueAt - performance.now()));
  };
  const handOn = (deliver: () => void) => {
    const way = passage();
    if (way === "lost") return;
    // Never before what was said earlier, which may have met a slower network.
    const dueAt = Math.max(performance.now() + way.delayMs, waiting.at(-1)?.dueAt ?? 0);
    waiting.push({ dueAt, deliver });
    if (timer === undefined) deliverDue();
  };
  from.on("data", (data) => handOn(() => to.writable && to.write(data)));
  from.on("close", () => handOn(() => to.destroySoon()));
}

import { AppError, type SweepEvent, sweepEventSchema } from "@smoothsweep/contracts";
import type { StreamMessage } from "./eventStreamParser.ts";

const knownTypes: ReadonlySet<unknown> = new Set(sweepEventSchema.options.map((option) => option.shape.type.value));

/** A message's place in the stream, and its event unless it is of a type this version does not know. */
export interface DecodedMessage {
  id: number;
  event: SweepEvent | undefined;
}

/**
 * Reads one message of a sweep's event stream. On the wire the data of a message is the whole {@link SweepEvent} as
 * JSON, and the stream's id is the event's id.
 *
 * @throws AppError `internal` when the message breaks the contract
 */
export function decodeSweepEvent(message: StreamMessage, sweepId: string): DecodedMessage {
  const raw = parseObject(message.data);
  const id = Number(raw["id"] ?? (message.lastEventId === "" ? Number.NaN : message.lastEventId));
  if (!Number.isSafeInteger(id)) throw broken("its id is not a whole number", raw);
  if (!knownTypes.has(raw["type"])) return { id, event: undefined };
  const body = sweepEventSchema.safeParse(raw);
  if (!body.success) throw broken(body.error.issues[0]?.message ?? "it is malformed", body.error);
  return { id, event: { ...body.data, id, sweepId, at: String(raw["at"] ?? "") } };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  } catch (error) {
    throw broken("its data is not JSON", error);
  }
  throw broken("its data is not an object", text);
}

function broken(reason: string, cause: unknown): AppError {
  return new AppError("internal", `an event of the API breaks its contract: ${reason}`, { cause });
}

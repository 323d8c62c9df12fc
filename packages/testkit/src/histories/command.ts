import type { AsyncCommand } from "fast-check";
import type { World } from "./world.ts";

/** One step of a history. Twin and store are both in the world, so nothing else is needed. */
export type Command = AsyncCommand<World, object>;

export function command(name: string, run: (world: World) => Promise<unknown>): Command {
  return {
    check: () => true,
    run: async (world) => void (await run(world)),
    toString: () => name,
  };
}

/** A port whose methods answer at once: nobody sees half of what they do. */
export type Immediate<TPort> = {
  [TName in keyof TPort]: TPort[TName] extends (...given: infer TGiven) => Promise<infer TAnswer>
    ? (...given: TGiven) => TAnswer | Promise<TAnswer>
    : never;
};

/**
 * A port whose methods work on copies of what they are given, and answer with copies; each at a moment of its own.
 * @param begin called before every method
 */
export function asTransactions<TPort extends object>(methods: Immediate<TPort>, begin: () => void): TPort {
  const wrapped = Object.entries(methods).map(([name, method]) => [
    name,
    async (...given: unknown[]) => {
      begin();
      return structuredClone(await (method as (...args: unknown[]) => unknown)(...structuredClone(given)));
    },
  ]);
  return Object.fromEntries(wrapped) as TPort;
}

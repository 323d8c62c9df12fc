/** Gives one acquired resource back. */
export type Release = () => void | Promise<void>;

/** A stack of resources to give back. */
export interface Releaser {
  /**
   * Puts a resource on the stack; the name tells which one failed to be released.
   * @throws Error when everything has been released already: the resource would never be.
   */
  add(name: string, release: Release): void;
  /**
   * Releases everything, last in first out, one after the other. A failing release does not keep the others from
   * running; the first error is thrown at the end. Calling again waits for the same run: each resource is released
   * once. What is added meanwhile is released too.
   * @throws The first error of a release, with the resource's name in front of its message.
   */
  releaseAll(): Promise<void>;
}

/**
 * A releaser: whoever acquires something adds its release at once, so that shutting down undoes the start in reverse.
 */
export function createReleaser(options: { onError?: (name: string, error: unknown) => void } = {}): Releaser {
  const stack: { name: string; release: Release }[] = [];
  let running: Promise<void> | undefined;
  let isReleased = false;

  async function drain(): Promise<void> {
    let firstError: Error | undefined;
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      try {
        await next.release();
      } catch (error) {
        options.onError?.(next.name, error);
        const reason = error instanceof Error ? error.message : String(error);
        firstError ??= new Error(`releasing ${next.name} failed: ${reason}`, { cause: error });
      }
    }
    isReleased = true;
    if (firstError !== undefined) throw firstError;
  }

  return {
    add(name, release) {
      if (isReleased) throw new Error(`cannot add ${name} to a releaser that has released everything`);
      stack.push({ name, release });
    },
    releaseAll() {
      running ??= drain();
      return running;
    },
  };
}

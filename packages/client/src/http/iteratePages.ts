/** One page of a list; `nextCursor` is null on the last one. */
export interface Page<Item> {
  items: readonly Item[];
  nextCursor: string | null;
}

/** Every item of every page, in order; a page is asked for when the one before it is used up. */
export async function* iteratePages<Item>(
  readPage: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  do {
    const page = await readPage(cursor);
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

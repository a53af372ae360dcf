/**
 * A thing of the simulated memory: what it is, what it is called, and its facts by key. A fact is a value, or a list of
 * what the thing is made of. Addresses are numbers and lines count from 0; renderers know both by their keys.
 */
export interface StateNode<Kind extends string = string, Facts extends object = object> {
  readonly kind: Kind;
  readonly name: string;
  readonly facts: Facts;
}

/** Items that are made when they are wanted, as there may be very many. */
export interface NodeList<Item> {
  /** How many there are, without making them. */
  readonly count: number;
  /** From the one at `start` on; those before it are not made. */
  items(start?: number): Iterable<Item>;
}

/** The first `count` items of an iteration, each passed through `make`. */
export function listOf<From, Item>(
  count: number,
  source: () => Iterable<From>,
  make: (from: From, index: number) => Item,
): NodeList<Item> {
  return {
    count,
    *items(start = 0) {
      let index = 0;
      for (const from of source()) {
        if (index === count) return;
        if (start <= index) yield make(from, index);
        index += 1;
      }
    },
  };
}

/** Items from `start` to `start + count`, without an array of all. */
export function pageOf<Item>(list: NodeList<Item>, start: number, count: number): Item[] {
  const page: Item[] = [];
  if (count <= 0) return page;
  for (const item of list.items(start)) {
    page.push(item);
    if (page.length === count) break;
  }
  return page;
}

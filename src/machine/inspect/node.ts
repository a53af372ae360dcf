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
  items(): Iterable<Item>;
}

/** The first `count` items of an iteration, each passed through `make`. */
export function listOf<From, Item>(
  count: number,
  source: () => Iterable<From>,
  make: (from: From, index: number) => Item,
): NodeList<Item> {
  return {
    count,
    *items() {
      let index = 0;
      for (const from of source()) {
        if (index === count) return;
        yield make(from, index++);
      }
    },
  };
}

/** Items from `start` to `start + count`, without an array of all. */
export function pageOf<Item>(list: NodeList<Item>, start: number, count: number): Item[] {
  const page: Item[] = [];
  let index = 0;
  for (const item of list.items()) {
    if (start + count <= index) break;
    if (start <= index) page.push(item);
    index += 1;
  }
  return page;
}

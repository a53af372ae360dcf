import type { Children, ShownValue } from "../../debug/variables/store";
import type { MachineState } from "../../machine/run/MachineState";
import { subjectAt, type LifeSubject } from "../../machine/events/lifeSubject";

/** Items of a large group that are shown under one node. */
const groupSize = 100;

/** One node of the Memory tree: a value as the debugger shows it, or a range of a large group. Children are made when asked for. */
export class MemoryNode {
  constructor(
    readonly shown: ShownValue,
    /** Names on the way here, the same from step to step, so that what is open stays open; unique in the tree. */
    readonly path: string,
  ) {}

  get address(): string | undefined {
    return this.shown.memoryReference;
  }

  get isBlock(): boolean {
    return this.shown.type?.endsWith(" block") ?? false;
  }

  get isEmpty(): boolean {
    const { children } = this.shown;
    return (children?.indexed?.count ?? 0) === 0 && (children?.named?.().length ?? 0) === 0;
  }

  /** Whether there is anything to ask about. */
  get hasHistory(): boolean {
    return this.shown.watch?.kind === "page" || this.address !== undefined;
  }

  subject(state: MachineState): LifeSubject | undefined {
    const { watch } = this.shown;
    if (watch?.kind === "page") {
      const process = state.vm?.spaces.find(({ id }) => id === watch.space)?.name ?? null;
      return { kind: "page", vpn: watch.vpn, process };
    }
    return this.address === undefined ? undefined : subjectAt(state, Number(this.address));
  }

  children(): MemoryNode[] {
    const { children } = this.shown;
    if (children === undefined) return [];
    const known = new Map<string, number>();
    return [...(children.named?.() ?? []), ...indexed(children)].map((shown) => {
      // Two regions of a process, say, may have the same name.
      const count = (known.get(shown.name) ?? 0) + 1;
      known.set(shown.name, count);
      const path = `${this.path}/${shown.name}${count === 1 ? "" : `#${count}`}`;
      return new MemoryNode(shown, path);
    });
  }
}

function indexed({ indexed: items }: Children): readonly ShownValue[] {
  if (items === undefined) return [];
  const { count } = items;
  if (count <= groupSize) return items.page(0, count);
  // Very many items are groups of groups, as no list of ten thousand ranges is of use.
  const size = groupSize ** Math.ceil(Math.log(count) / Math.log(groupSize) - 1);
  return Array.from({ length: Math.ceil(count / size) }, (_, group) => {
    const from = group * size;
    const length = Math.min(size, count - from);
    const page = (start: number, wanted: number): readonly ShownValue[] => items.page(from + start, wanted);
    return {
      name: `[${from}..${from + length}]`,
      value: "",
      type: "range",
      children: { indexed: { count: length, page } },
    };
  });
}

import { createHash } from "node:crypto";
import type { MachineState } from "../../../src/machine/run/MachineState";
import type { Problem } from "../../../src/machine/problems/Problem";
import { describeState } from "../../../src/machine/inspect/describeState";
import type { Statement } from "../../../src/language/parsing/syntax";

interface Place {
  readonly state: MachineState;
  readonly problems: readonly Problem[];
  readonly next: Statement | undefined;
  readonly nextLine: number | null;
}

/** Everything that two equal places must agree on, bytes included, as data that a failed test can show. */
export function fingerprint(place: Place): unknown {
  const { state } = place;
  const bytes: Record<string, string> = {};
  for (const [name, region] of [...state.heaps, ...state.pools]) {
    const hash = createHash("sha1");
    const reach = Math.min(region.end - region.base, 1 << 22);
    hash.update(region.bytes!.read(region.base, reach));
    for (let at: number = region.base; at < region.base + reach; at++) {
      const hole = region.bytes!.firstUndefined(at, region.base + reach - at);
      if (hole === -1) break;
      // The boundaries of what was written are as much state as the bytes.
      hash.update(String(hole));
      at = hole + 255;
    }
    bytes[name] = hash.digest("hex");
  }
  if (state.vm !== null) {
    const { frames, pageSize } = state.vm.options;
    // Physical memory may be declared far larger than any machine's: its first part stands for the rest.
    const reach = Math.min(frames * pageSize, 2 ** 20);
    bytes["vm"] = createHash("sha1").update(state.vm.physical.read(0, reach)).digest("hex");
  }
  return {
    step: state.step,
    memory: describeState(state),
    bytes,
    stats: [...state.heaps.values(), ...state.pools.values()].map((region) => region.stats()),
    vm: state.vm?.stats() ?? null,
    handles: [...state.handles()].map(({ name, address, allocation }) => ({ name, address, allocation })),
    loops: [...state.loopVariables()],
    problems: place.problems,
    next: place.next === undefined ? null : [place.nextLine, place.next.text],
  };
}

import type { VirtualMemory } from "./VirtualMemory";

/** Sentences about what contradicts itself in virtual memory; empty when all is well. O(pages). */
export function brokenInvariants(vm: VirtualMemory): string[] {
  const broken: string[] = [];
  const demand = (holds: boolean, sentence: string): void => {
    if (!holds) broken.push(sentence);
  };
  const { pager, options } = vm;
  const { mappings, frames, swap } = pager;
  const usersOfSlots = new Map<number, number>();
  const holders = new Map<number, number>();
  for (const space of vm.spaces) {
    let resident = 0;
    for (const id of space.mappings()) {
      const vpn = mappings.vpn[id];
      const frame = mappings.frame[id];
      const slot = mappings.slot[id];
      const span = 2 ** mappings.order[id];
      demand(mappings.space[id] === space.id, `Page ${vpn} of ${space.name} says space ${mappings.space[id]}.`);
      demand(vpn + span <= options.pages, `Page ${vpn} of ${space.name} lies beyond the address space.`);
      demand(frame < 0 || slot < 0, `Page ${vpn} of ${space.name} has frame ${frame} and slot ${slot}.`);
      demand(
        vm.tables.areByHand || vm.tables.isWritten(space, id),
        `The entry of page ${vpn} of ${space.name} is not what memory has.`,
      );
      if (slot >= 0) usersOfSlots.set(slot, (usersOfSlots.get(slot) ?? 0) + 1);
      if (frame < 0) continue;
      resident += span;
      for (let k = 0; k < span; k++) {
        if (frames.isUsed(frame + k) && !frames.isTable(frame + k)) continue;
        broken.push(`Frame ${frame + k} holds page ${vpn} but is marked free or a table's.`);
      }
      holders.set(frame, (holders.get(frame) ?? 0) + 1);
      demand([...pager.mappingsOf(frame)].includes(id), `Frame ${frame} does not know its page ${vpn}.`);
      const standsFor = pager.holderOf(frame);
      const isHeld = vm.policyOf(space) === null || span > 1 || mappings.frame[standsFor] === frame;
      demand(isHeld, `No page stands for frame ${frame}, which has page ${vpn}.`);
    }
    demand(resident === space.resident, `${space.name} counts ${space.resident} resident frames and has ${resident}.`);
  }
  for (const [frame, count] of holders) {
    const chained = [...pager.mappingsOf(frame)].length;
    demand(chained === count, `Frame ${frame} chains ${chained} pages, and ${count} have it.`);
    const slot = frames.slotOf(frame);
    demand(
      slot < 0 || swap.frameOf(slot) === frame,
      `Frame ${frame} says slot ${slot}, which says ${swap.frameOf(slot)}.`,
    );
  }
  for (const slot of swap.slotsInUse()) {
    const users = usersOfSlots.get(slot) ?? 0;
    demand(swap.usersOf(slot) === users, `Slot ${slot} counts ${swap.usersOf(slot)} pages and has ${users}.`);
  }
  demand(swap.used <= swap.slots, `Swap space has ${swap.slots} slots and ${swap.used} are used.`);
  for (const entry of vm.tlb?.options.coherent === true ? vm.tlb.entries() : []) {
    const space = vm.spaces.find(({ id }) => id === entry.space);
    const id = space?.mappingOf(entry.vpn) ?? -1;
    const present = id >= 0 && mappings.frame[id] >= 0;
    demand(present, `The lookaside buffer remembers page ${entry.vpn} of space ${entry.space}, which is not present.`);
  }
  const policies = new Set(vm.spaces.map((space) => vm.policyOf(space)));
  return [...broken, ...Array.from(policies, (policy) => policy?.checkInvariants() ?? []).flat()];
}

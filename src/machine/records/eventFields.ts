import type { EngineEventKind } from "../../engine/events";

export interface EventField {
  readonly name: string;
  readonly isAddress: boolean;
}

const address = (name: string): EventField => ({ name, isAddress: true });
const number = (name: string): EventField => ({ name, isAddress: false });

/** What an event's numbers mean, in order, as records on the wire name them. */
export const engineEventFields: Readonly<Record<EngineEventKind, readonly EventField[]>> = {
  search: [number("searched"), address("found"), number("needed")],
  split: [address("addr"), number("size"), address("rest"), number("restSize")],
  allocate: [address("addr"), number("size"), address("payload"), number("requested")],
  free: [address("addr"), number("size"), address("payload"), number("requested")],
  coalesce: [address("addr"), number("size"), address("absorbed"), number("absorbedSize")],
  resize: [address("addr"), number("size"), number("oldSize"), number("requested")],
  move: [address("from"), address("to"), number("size")],
  grow: [address("oldEnd"), address("newEnd")],
  "quarantine-enter": [address("addr"), number("size"), address("payload"), number("quarantined")],
  "quarantine-leave": [address("addr"), number("size"), number("quarantined")],
  reset: [number("used"), address("addr")],
  "pool-allocate": [address("addr"), number("index")],
  "pool-free": [address("addr"), number("index")],
  "pool-reset": [number("used")],
  "pool-grow": [number("oldCount"), number("newCount")],
  "slab-create": [address("addr"), number("index"), number("colour")],
  "slab-return": [address("addr"), number("index")],
  map: [number("vpn"), number("pfn"), number("flags"), number("space")],
  unmap: [number("vpn"), number("pfn"), number("space")],
  protect: [number("vpn"), number("flags"), number("oldFlags"), number("space")],
  "page-in": [number("vpn"), number("pfn"), number("slot"), number("space")],
  evict: [number("vpn"), number("pfn"), number("slot"), number("written"), number("space")],
  "copy-page": [number("vpn"), number("oldPfn"), number("pfn"), number("space")],
  "merge-page": [number("pfn"), number("into")],
  switch: [number("from"), number("to")],
  translate: [address("va"), address("pa")],
  cache: [address("pa"), number("size"), number("references"), number("cycles")],
  write: [address("addr"), number("size")],
  read: [address("addr"), number("size")],
};

import type { StopReason } from "./stop";

/** What listeners in the same process are notified of; clients get the protocol's events for the same. */
export interface SessionChange {
  /** `loaded`: a script is at position 0; `stopped`, `continued`: as the events; `ended`: nothing follows. */
  readonly kind: "loaded" | "stopped" | "continued" | "ended";
  /** Only for `stopped`. */
  readonly reason: StopReason | null;
}

/** Where a session's events and changes go. */
export interface Outlet {
  event(name: string, body?: unknown): void;
  change(change: SessionChange): void;
}

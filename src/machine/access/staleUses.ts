import { permissionLetters } from "../problems/flags";
import type { Step } from "../step/Step";

/** Turns references that went by a stale translation while a statement ran into its problems. */
export function reportStaleUses(step: Step): void {
  const { vm } = step.world;
  if (vm === null || !vm.checked.areNeeded) return;
  for (const { address, kind, page, stale } of vm.checked.takeStaleUses()) {
    const { frame, flags, now } = stale;
    const offset = address % vm.options.pageSize;
    const access = kind ?? ("translate" as const);
    const facts = { access, address, page, offset, frame, permits: permissionLetters(flags) };
    if (now.kind === "none") step.raise("stale-translation", { kind: "unmapped", ...facts });
    else if (now.kind === "frame") step.raise("stale-translation", { kind: "moved", ...facts, newFrame: now.frame });
    else step.raise("stale-translation", { kind: "forbidden", ...facts, newPermits: permissionLetters(now.flags) });
  }
}

/** Every kind of problem that MemScript reports, once. Diagnostics, hovers, exception info, CLI and docs derive from it. */

import { badOperand } from "./badOperand";
import { doubleFree } from "./doubleFree";
import { expectationFailed } from "./expectationFailed";
import { hardwareFaults } from "./hardwareFaults";
import { heapCorruption } from "./heapCorruption";
import { invalidFree } from "./invalidFree";
import { leak } from "./leak";
import { limitExceeded } from "./limitExceeded";
import { mappings } from "./mappings";
import { memoryContents } from "./memoryContents";
import { outOfBounds } from "./outOfBounds";
import { outOfFrames } from "./outOfFrames";
import { outOfMemory } from "./outOfMemory";
import { pageFaults } from "./pageFaults";
import type { ProblemKind } from "./ProblemKind";
import { requestedSizes } from "./requestedSizes";
import { syntaxErrors } from "./syntaxErrors";
import { unknownName } from "./unknownName";
import { useAfterFree } from "./useAfterFree";
import { wildAccess } from "./wildAccess";

export const catalogue = {
  ...leak,
  ...doubleFree,
  ...invalidFree,
  ...outOfMemory,
  ...requestedSizes,
  ...useAfterFree,
  ...outOfBounds,
  ...heapCorruption,
  ...memoryContents,
  ...wildAccess,
  ...pageFaults,
  ...hardwareFaults,
  ...mappings,
  ...outOfFrames,
  ...expectationFailed,
  ...syntaxErrors,
  ...unknownName,
  ...badOperand,
  ...limitExceeded,
} as const;

export type ProblemId = keyof typeof catalogue;

/** What is known of a problem of the kind. */
export type FactsOf<Id extends ProblemId> = (typeof catalogue)[Id] extends ProblemKind<infer Facts> ? Facts : never;

export const problemIds = Object.keys(catalogue) as readonly ProblemId[];

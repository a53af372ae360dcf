import type { Executor } from "../step/Step";
import { freeingExecutors } from "../freeing/free";
import { allocationExecutors } from "./allocate";
import { byteExecutors } from "./byteVerbs";
import { cacheExecutors } from "./cache";
import { checkExecutors } from "./check";
import { compactionExecutors } from "./compaction";
import { entryExecutors } from "./entries";
import { heapDeclarationExecutors } from "./heap";
import { poolExecutors } from "./pool";
import { poolUpkeepExecutors } from "./poolUpkeep";
import { processRegionExecutors } from "./processRegions";
import { processExecutors } from "./processes";
import { processorExecutors } from "./processor";
import { proofExecutors } from "./proof";
import { referenceExecutors } from "./references";
import { segmentExecutors } from "./segments";
import { showExecutors } from "./show";
import { tlbExecutors } from "./tlb";
import { mappingExecutors } from "./vm";
import { vmDeclarationExecutors } from "./vmDeclaration";

/** What each verb of the vocabulary does; a test holds the two lists equal. `repeat` and `end` are control flow. */
export const executors: ReadonlyMap<string, Executor> = new Map(
  Object.entries({
    ...heapDeclarationExecutors,
    ...allocationExecutors,
    ...freeingExecutors,
    ...compactionExecutors,
    ...checkExecutors,
    ...showExecutors,
    ...byteExecutors,
    ...poolExecutors,
    ...poolUpkeepExecutors,
    ...vmDeclarationExecutors,
    ...mappingExecutors,
    ...referenceExecutors,
    ...processExecutors,
    ...processRegionExecutors,
    ...segmentExecutors,
    ...tlbExecutors,
    ...processorExecutors,
    ...entryExecutors,
    ...cacheExecutors,
    ...proofExecutors,
  }),
);

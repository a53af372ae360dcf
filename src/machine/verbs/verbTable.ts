import type { Step } from "../step/Step";
import { alloc, calloc, realloc } from "./allocate";
import { copy, fill, read, write } from "./byteVerbs";
import { free } from "../freeing/free";
import { declareCache, declareLatency } from "./cache";
import { declareHeap } from "./heap";
import { check } from "./check";
import { coalesce, defrag } from "./compaction";
import { declarePool, declareSlab } from "./pool";
import { destroyPool, reset, shrinkSlab, trimPool } from "./poolUpkeep";
import { bind, expect } from "./proof";
import { access, load, referenceString, store, translate } from "./references";
import { dedup, exitProcess, forkProcess, startProcess, switchProcess } from "./processes";
import { declareGuard, declareRegion, growRegion } from "./processRegions";
import { declareSegment } from "./segments";
import { layout, stats } from "./show";
import { declareTlb } from "./tlb";
import { map, protect, unmap } from "./vm";
import { declareVm } from "./vmDeclaration";

/** What each verb of the vocabulary does; a test holds the two lists equal. `repeat` and `end` are control flow. */
export const verbs: ReadonlyMap<string, (step: Step) => void> = new Map([
  ["heap", declareHeap],
  ["alloc", alloc],
  ["calloc", calloc],
  ["realloc", realloc],
  ["free", free],
  ["coalesce", coalesce],
  ["defrag", defrag],
  ["check", check],
  ["stats", stats],
  ["layout", layout],
  ["write", write],
  ["read", read],
  ["fill", fill],
  ["copy", copy],
  ["pool", declarePool],
  ["slab", declareSlab],
  ["reset", reset],
  ["trim", trimPool],
  ["shrink", shrinkSlab],
  ["destroy", destroyPool],
  ["vm", declareVm],
  ["map", map],
  ["unmap", unmap],
  ["protect", protect],
  ["translate", translate],
  ["load", load],
  ["store", store],
  ["access", access],
  ["reference", referenceString],
  ["process", startProcess],
  ["switch", switchProcess],
  ["fork", forkProcess],
  ["exit", exitProcess],
  ["region", declareRegion],
  ["guard", declareGuard],
  ["grow", growRegion],
  ["segment", declareSegment],
  ["tlb", declareTlb],
  ["dedup", dedup],
  ["cache", declareCache],
  ["latency", declareLatency],
  ["expect", expect],
  ["let", bind],
]);

import type { AllocationFormat, ReferenceFormat, TraceFormat } from "./format";
import { addresses } from "./formats/addresses";
import { din } from "./formats/din";
import { drcachesim } from "./formats/drcachesim";
import { gem5 } from "./formats/gem5";
import { heaptrace } from "./formats/heaptrace";
import { heaptrack } from "./formats/heaptrack";
import { lackey } from "./formats/lackey";
import { ltrace } from "./formats/ltrace";
import { memoryReplay } from "./formats/memoryReplay";
import { mtrace } from "./formats/mtrace";
import { pages, ref } from "./formats/ref";
import { perf } from "./formats/perf";
import { pin } from "./formats/pin";
import { rep } from "./formats/rep";
import { uftrace } from "./formats/uftrace";

/** Every trace format, in the order of lists and menus. Where two fit a trace equally well, the earlier is taken. */
export const formats: readonly TraceFormat[] = [
  mtrace,
  rep,
  ltrace,
  heaptrace,
  uftrace,
  memoryReplay,
  heaptrack,
  lackey,
  pin,
  din,
  drcachesim,
  gem5,
  perf,
  addresses,
  ref,
  pages,
];

export const allocationFormats = formats.filter((format): format is AllocationFormat => format.kind === "allocations");
export const referenceFormats = formats.filter((format): format is ReferenceFormat => format.kind === "references");

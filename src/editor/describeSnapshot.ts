import type { HeapView, PagesView, PoolView, Snapshot } from "../inspector/model";

/** Blocks, rows and free-list entries listed at most; the counts above them are of all. */
const listedAtMost = 200;

/** The panel's facts as plain text, one fact a line. */
export function describeSnapshot(snapshot: Snapshot): string {
  const { step } = snapshot;
  const lines = [
    `${snapshot.title}: step ${step.position} of ${step.total ?? step.reached}${step.finished ? ", end of the run" : ""}`,
  ];
  if (step.line !== null) lines.push(`Line ${step.line + 1}: ${step.text}`, step.story);
  lines.push(`Problems so far: ${step.problemCount}`);
  for (const problem of step.problems) lines.push(`  line ${problem.line + 1}: ${problem.message} [${problem.id}]`);
  if (snapshot.heaps.length + snapshot.pools.length === 0 && snapshot.pages === null) {
    lines.push("", "There is no heap, pool or page table at this step.");
  }
  for (const heap of snapshot.heaps) lines.push("", ...describeHeap(heap));
  for (const pool of snapshot.pools) lines.push("", ...describePool(pool));
  if (snapshot.pages !== null) lines.push("", ...describePages(snapshot.pages));
  return `${lines.join("\n")}\n`;
}

function describeHeap(heap: HeapView): string[] {
  const { stats } = heap;
  const percent = (100 * stats.externalFragmentation).toFixed(1);
  const blocks = heap.segments.slice(0, listedAtMost).map((segment) => {
    if (segment.kind === "group") {
      const counts = `${segment.usedBlocks} used, ${segment.freeBlocks} free`;
      return `  ${segment.address}: ${segment.usedBlocks + segment.freeBlocks} blocks, ${counts}, ${segment.size} bytes`;
    }
    const handle = segment.handle === null ? "" : `, handle ${segment.handle}`;
    const line = segment.line === null ? "" : `, line ${segment.line + 1}`;
    const used =
      segment.state === "used" ? `, payload ${segment.payload}, ${segment.requested} asked for${handle}${line}` : "";
    return `  ${segment.address}: ${segment.leaked ? "leaked" : segment.state}, ${segment.size} bytes${used}`;
  });
  const links = heap.freeList.slice(0, listedAtMost).map(({ address, size }) => `${address} (${size})`);
  return [
    `Heap ${heap.name}: ${heap.base} to ${heap.end}, ${heap.size} bytes, ${heap.policy}`,
    `Used: ${stats.usedBytes} bytes in ${stats.usedBlocks} blocks, peak ${stats.peakUsed} bytes`,
    `Free: ${stats.freeBytes} bytes in ${stats.freeBlocks} blocks, largest ${stats.largestFree} bytes, fragmentation ${percent} %`,
    "Blocks in address order:",
    ...blocks,
    ...more(heap.segments.length),
    `Free list: ${links.length === 0 ? "empty" : links.join(" -> ")}`,
    ...more(heap.freeListTotal),
  ];
}

function describePool(pool: PoolView): string[] {
  const used = pool.cells.filter((cell) => 0 < cell.used).slice(0, listedAtMost);
  return [
    `Pool ${pool.name} at ${pool.base}: ${pool.count} blocks of ${pool.blockSize} bytes, ${pool.order}`,
    `Used: ${pool.usedBlocks} blocks, free: ${pool.freeBlocks}, peak ${pool.peakUsed}`,
    ...used.map(
      (cell) => `  block ${cell.first} at ${cell.address}${cell.handle === null ? "" : `, handle ${cell.handle}`}`,
    ),
  ];
}

function describePages(pages: PagesView): string[] {
  const { stats } = pages;
  return [
    `Pages: ${pages.mapped} of ${pages.pages} mapped, ${pages.pageSize} bytes each, ${pages.freeFrames} of ${pages.frames} frames free`,
    `References: ${stats.references}, hits ${stats.hits}, faults ${stats.faults}`,
    ...pages.rows.slice(0, listedAtMost).map((row) => {
      const bits = `${row.permissions}${row.accessed ? " accessed" : ""}${row.dirty ? " dirty" : ""}`;
      return `  page ${row.vpn} (${row.virtual}) -> frame ${row.pfn} (${row.physical}), ${bits}`;
    }),
    ...more(pages.mapped),
  ];
}

function more(total: number): string[] {
  return listedAtMost < total ? [`  … ${total - listedAtMost} more`] : [];
}

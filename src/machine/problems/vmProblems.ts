import { describeError, type ProblemDescription } from "./description";

/** Mistakes with pages and frames. */
export const vmProblems = {
  "page-fault": describeError(
    "Page fault",
    "The page table has no valid entry for this page, so the processor cannot translate the address. An operating system would bring the page in, or end the program with a segmentation fault.",
    "Map the page before touching it.",
    "vm frames=16\ntranslate 0x5000",
  ),
  "protection-fault": describeError(
    "Protection fault",
    "The page is mapped, but its entry does not permit this kind of access: writing needs `w`, reading `r`, executing `x`. That is how code pages stay unwritten and data pages unexecuted.",
    "Give the page the permission with `protect`, or do not touch it that way.",
    "vm frames=16\nmap 0 -> 1 r\nstore 0 7",
  ),
  "segmentation-fault": describeError(
    "Segmentation fault",
    "The address belongs to no region of the process, or lies beyond the limit of its segment. The processor or the operating system refuses it: that is how a program is kept to its own memory.",
    "Touch addresses inside a region or segment, or make it larger with `grow` or a larger limit.",
    "vm demand=on\nregion heap 16..20\nstore 0x15000 1",
  ),
  "guard-page": describeError(
    "Guard page hit",
    "The page is there so that nobody touches it: a stack that grew over its end, or a write that ran over a neighbour's.",
    "Stay within the region beside the guard, or give that region more pages.",
    "vm demand=on\nguard below 15..16\nstore 0xf000 1",
  ),
  "unaligned-page": describeError(
    "Unaligned huge page",
    "The hardware replaces the low bits of the address of a huge page by the offset, so its page number and its frame number must be multiples of its size.",
    "Choose page and frame numbers that are multiples of the pages it spans.",
    "vm table=x86-64 frames=2048\nmap 5 -> 512 huge=2MiB",
  ),
  "out-of-swap": describeError(
    "Out of swap",
    "A page has to leave memory, its bytes are not on disk yet, and every slot of swap space is in use. A real system would now end a process.",
    "Declare the vm with more frames or more `swap=`, or end processes and unmap pages first.",
    "vm frames=1 replacement=fifo swap=0\nstore 0 1\nstore 0x1000 1",
  ),
  "already-mapped": describeError(
    "Already mapped",
    "The page has a frame already. A page table holds one entry a page; mapping again would lose the first frame.",
    "Unmap the page first, or choose another one.",
    "vm frames=16\nmap 0 -> 1\nmap 0 -> 2",
  ),
  "frame-in-use": describeError(
    "Frame in use",
    "Another page holds this frame. Two pages on one frame would see each other's bytes; sharing has to be asked for, it must not happen by accident.",
    "Choose a free frame, or leave `->` out and let the lowest free one be taken.",
    "vm frames=16\nmap 0 -> 1\nmap 1 -> 1",
  ),
  "invalid-frame": describeError(
    "Invalid frame",
    "Physical memory has no frame of this number: frames are counted from 0 to `frames=` minus 1.",
    "Use a frame below the number of frames, or declare the vm with more.",
    "vm frames=16\nmap 0 -> 16",
  ),
  "not-mapped": describeError(
    "Not mapped",
    "The page has no entry in the page table, so there is nothing to unmap or to protect.",
    "Map the page first, or correct its number.",
    "vm frames=16\nunmap 3",
  ),
  "out-of-frames": describeError(
    "Out of frames",
    "Every frame of physical memory holds a page. Without demand paging nothing is evicted, so the new page finds no place.",
    "Unmap pages, or declare the vm with more frames.",
    "vm frames=2\nmap 0..3",
  ),
} as const satisfies Record<string, ProblemDescription>;

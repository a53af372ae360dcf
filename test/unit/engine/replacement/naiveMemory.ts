import type { ReplacementName } from "../../../../src/engine/replacement/createPolicy";

export interface Page {
  readonly page: number;
  readonly frame: number;
  referenced: boolean;
  dirty: boolean;
  lastUse: number;
  uses: number;
  chances: number;
  counter: number;
  seen: number;
}

export interface NaiveOptions {
  readonly frames: number;
  readonly window: number;
  readonly agingInterval: number;
  readonly agingBits: number;
  readonly clockChances: number;
  readonly ties: "recency" | "arrival" | "frame" | null;
  readonly agingStart: "used" | "zero";
  readonly loadIsUse: boolean;
  /** The pages of all references to come, from the first on. */
  readonly references: readonly number[];
  readonly random: () => number;
}

/** Memory restated with plain arrays and scans: the pages in order of arrival, one function a policy that picks a victim. */
export class NaiveMemory {
  pages: Page[] = [];
  hand = 0;
  time = -1;
  faults = 0;
  evictions = 0;
  writebacks = 0;
  evicted = -1;
  private readonly lists: PageLists | null;

  constructor(
    private readonly name: ReplacementName,
    readonly options: NaiveOptions,
  ) {
    this.lists =
      name === "arc" ? new ArcLists(options.frames) : name === "2q" ? new TwoQueueLists(options.frames) : null;
  }

  reference(page: number, write: boolean): boolean {
    this.time++;
    this.evicted = -1;
    if (this.name === "aging" && this.time > 0 && this.time % this.options.agingInterval === 0) this.tick();
    if (this.name === "working-set")
      for (const old of this.pages.filter((other) => this.time - 1 - other.lastUse >= this.options.window))
        this.out(old);
    const full = this.pages.length === this.options.frames;
    const known = this.pages.find((other) => other.page === page);
    const listVictim = this.lists?.reference(page, full) ?? -1;
    if (known) {
      known.referenced = true;
      known.dirty ||= write;
      known.lastUse = this.time;
      known.uses++;
      known.chances = Math.min(this.options.clockChances, known.chances + 1);
      return true;
    }
    this.faults++;
    if (full) this.out(this.lists ? this.byPage(listVictim) : victims[this.name](this));
    let frame = 0;
    while (this.pages.some((other) => other.frame === frame)) frame++;
    const { agingBits, agingStart, loadIsUse } = this.options;
    const counter = agingStart === "used" ? 2 ** (agingBits - 1) : 0;
    const times = { lastUse: this.time, seen: this.time };
    this.pages.push({ page, frame, referenced: loadIsUse, dirty: write, ...times, uses: 1, chances: 1, counter });
    return false;
  }

  drop(page: number): void {
    this.pages = this.pages.filter((other) => other.page !== page);
    this.lists?.drop(page);
  }

  /** The page at the hand, which then looks at the next frame. */
  step(): Page {
    for (;;) {
      const frame = this.hand;
      this.hand = (this.hand + 1) % this.options.frames;
      const found = this.pages.find((page) => page.frame === frame);
      if (found) return found;
    }
  }

  write(page: Page): void {
    if (page.dirty) this.writebacks++;
    page.dirty = false;
  }

  nextUse(page: Page): number {
    const { references } = this.options;
    const use = references.indexOf(page.page, this.time + 1);
    return use === -1 ? references.length : use;
  }

  private byPage(page: number): Page {
    return this.pages.find((other) => other.page === page)!;
  }

  private out(page: Page): void {
    this.write(page);
    this.evictions++;
    this.evicted = page.page;
    this.pages = this.pages.filter((other) => other !== page);
  }

  private tick(): void {
    for (const page of this.pages) {
      page.counter = Math.floor(page.counter / 2) + (page.referenced ? 2 ** (this.options.agingBits - 1) : 0);
      page.referenced = false;
    }
  }
}

/** The first page that no other one beats. */
function best(pages: readonly Page[], beats: (page: Page, other: Page) => boolean): Page {
  return pages.reduce((chosen, page) => (beats(page, chosen) ? page : chosen));
}

/** Of two equal pages; `best` asks for the later one of the list, which is in the order of arrival. */
function goesFirst(page: Page, other: Page, ties: "recency" | "arrival" | "frame"): boolean {
  if (ties === "recency") return page.lastUse < other.lastUse;
  return ties === "frame" && page.frame < other.frame;
}

const victims: Record<string, (memory: NaiveMemory) => Page> = {
  fifo: ({ pages }) => pages[0],
  lru: ({ pages }) => best(pages, (a, b) => a.lastUse < b.lastUse),
  mru: ({ pages }) => best(pages, (a, b) => a.lastUse > b.lastUse),
  "working-set": ({ pages }) => best(pages, (a, b) => a.lastUse < b.lastUse),
  lfu: ({ pages, options }) =>
    best(pages, (a, b) => a.uses < b.uses || (a.uses === b.uses && goesFirst(a, b, options.ties ?? "recency"))),
  aging: ({ pages, options }) =>
    best(
      pages,
      (a, b) => a.counter < b.counter || (a.counter === b.counter && goesFirst(a, b, options.ties ?? "arrival")),
    ),
  opt: (memory) => best(memory.pages, (a, b) => memory.nextUse(a) >= memory.nextUse(b)),
  unopt: (memory) => best(memory.pages, (a, b) => memory.nextUse(a) < memory.nextUse(b)),
  random: ({ pages, options }) => pages[Math.floor(options.random() * pages.length)],
  "random-clock": ({ pages, options }) => {
    for (;;) {
      const page = pages[Math.floor(options.random() * pages.length)];
      if (page.chances === 0) return page;
      page.chances--;
    }
  },
  "second-chance": (memory) => {
    while (memory.pages[0].referenced) {
      const [head, ...rest] = memory.pages;
      head.referenced = false;
      memory.pages = [...rest, head];
    }
    return memory.pages[0];
  },
  clock: (memory) => {
    for (;;) {
      const page = memory.step();
      if (!page.referenced) return page;
      page.referenced = false;
    }
  },
  "enhanced-clock": (memory) => {
    for (;;) {
      for (let looked = 0; looked < memory.pages.length; looked++) {
        const page = memory.step();
        if (!page.referenced && !page.dirty) return page;
      }
      for (let looked = 0; looked < memory.pages.length; looked++) {
        const page = memory.step();
        if (!page.referenced) return page;
        page.referenced = false;
      }
    }
  },
  wsclock: (memory) => {
    const { time } = memory;
    const { window } = memory.options;
    let clean: Page | undefined;
    let written = false;
    for (let looked = 0; looked < memory.pages.length; looked++) {
      const page = memory.step();
      if (page.referenced) {
        page.referenced = false;
        page.seen = time;
      } else if (time - page.seen >= window) {
        if (!page.dirty) return page;
        memory.write(page);
        written = true;
        continue;
      }
      if (!page.dirty) clean ??= page;
    }
    let page: Page | undefined;
    if (written) {
      do page = memory.step();
      while (page.dirty || time - page.seen < window);
      return page;
    }
    page = clean ?? memory.step();
    memory.hand = (page.frame + 1) % memory.options.frames;
    return page;
  },
};

interface PageLists {
  /** The page that leaves when memory is full and the page is not there, else -1. */
  reference(page: number, full: boolean): number;
  drop(page: number): void;
}

/** Figure 4 of Megiddo and Modha 2003, case by case; lists begin with the page used least recently. */
class ArcLists implements PageLists {
  private t1: number[] = [];
  private t2: number[] = [];
  private b1: number[] = [];
  private b2: number[] = [];
  private p = 0;

  constructor(private readonly c: number) {}

  reference(x: number, full: boolean): number {
    if (this.t1.includes(x) || this.t2.includes(x)) {
      this.drop(x);
      this.t2.push(x);
      return -1;
    }
    let victim = -1;
    if (this.b1.includes(x)) {
      this.p = Math.min(this.c, this.p + Math.max(1, this.b2.length / this.b1.length));
      if (full) victim = this.replace(x);
      this.b1 = this.b1.filter((page) => page !== x);
      this.t2.push(x);
      return victim;
    }
    if (this.b2.includes(x)) {
      this.p = Math.max(0, this.p - Math.max(1, this.b1.length / this.b2.length));
      if (full) victim = this.replace(x);
      this.b2 = this.b2.filter((page) => page !== x);
      this.t2.push(x);
      return victim;
    }
    const l1 = this.t1.length + this.b1.length;
    const all = l1 + this.t2.length + this.b2.length;
    if (l1 === this.c) {
      if (this.t1.length < this.c) {
        this.b1.shift();
        if (full) victim = this.replace(x);
      } else victim = this.t1.shift()!;
    } else {
      if (all === 2 * this.c) this.b2.shift();
      if (full) victim = this.replace(x);
    }
    this.t1.push(x);
    return victim;
  }

  drop(x: number): void {
    this.t1 = this.t1.filter((page) => page !== x);
    this.t2 = this.t2.filter((page) => page !== x);
  }

  private replace(x: number): number {
    const size = this.t1.length;
    const recent = size >= 1 && (size > this.p || (this.b2.includes(x) && size === this.p));
    // With pages dropped from outside, the list that the paper takes from may be empty.
    const from = recent || this.t2.length === 0 ? this.t1 : this.t2;
    const victim = from.shift()!;
    (from === this.t1 ? this.b1 : this.b2).push(victim);
    return victim;
  }
}

/** The full version of Johnson and Shasha 1994, with Kin a quarter and Kout a half of the frames. */
class TwoQueueLists implements PageLists {
  private a1in: number[] = [];
  private a1out: number[] = [];
  private am: number[] = [];
  private readonly kin: number;
  private readonly kout: number;

  constructor(frames: number) {
    this.kin = Math.max(1, Math.floor(frames / 4));
    this.kout = Math.max(1, Math.floor(frames / 2));
  }

  reference(x: number, full: boolean): number {
    if (this.am.includes(x)) {
      this.am = [...this.am.filter((page) => page !== x), x];
      return -1;
    }
    if (this.a1in.includes(x)) return -1;
    const returns = this.a1out.includes(x);
    const victim = full ? this.reclaim() : -1;
    this.a1out = this.a1out.filter((page) => page !== x);
    (returns ? this.am : this.a1in).push(x);
    return victim;
  }

  drop(x: number): void {
    this.a1in = this.a1in.filter((page) => page !== x);
    this.am = this.am.filter((page) => page !== x);
  }

  private reclaim(): number {
    if (this.a1in.length > this.kin || this.am.length === 0) {
      const victim = this.a1in.shift()!;
      this.a1out.push(victim);
      if (this.a1out.length > this.kout) this.a1out.shift();
      return victim;
    }
    return this.am.shift()!;
  }
}

import { runToEnd, type Work } from "../../language/coroutines";
import type { MachineSnapshot } from "../run/machineSnapshot";
import { Images } from "./Images";
import { build, type Image } from "./layout";
import { imageYielding, imageOf, pack, type PackedSnapshot, type Packing } from "./pack";

/** Steps between checkpoints at the start of a run; it doubles whenever there are too many or too large ones. */
const firstInterval = 64;
const mostCheckpoints = 1024;
/** Bytes of a snapshot for each step of the interval: comparing as many costs less than a step does. */
const bytesPerStep = 4096;
/** Words of the image of a large snapshot. */
const largeWords = 1 << 18;
/** Images kept in any case: three of four checkpoints are packed against one of the last two. */
const latestImages = 2;
/** Images kept besides, spread over the run, where there is room for them: seeks begin there. */
const mostSpread = 8;

/** A checkpoint, and where it is. */
interface Checkpoint {
  readonly position: number;
  readonly packed: PackedSnapshot;
}

/**
 * Checkpoints an interval apart. Number n is packed against number n
 * without its lowest one bit, as sums are in a Fenwick tree, so that unpacking takes at most log2(n) others, and half of
 * the checkpoints are packed against their neighbours. Those with odd numbers are no one's base: when there are too many
 * checkpoints or too many bytes, these are dropped and the interval doubles, which leaves all others as they are.
 */
export class Checkpoints {
  private kept: Checkpoint[] = [];
  private interval = firstInterval;
  private held = 0;
  private due = 0;
  private readonly images = new Images();
  private readonly known = (packed: PackedSnapshot): Image | undefined => this.images.get(packed);
  /** The image of the snapshot that was given out last, and that of the one before, which nobody needs any more. */
  private given: Image | undefined;
  private returned: Image | undefined;
  /** What the next snapshot to be given out needs. */
  private prepared: Packing | undefined;

  constructor(
    first: MachineSnapshot,
    /** Bytes that all checkpoints together may hold; what they leave is for images. */
    private readonly budget: number,
  ) {
    runToEnd(this.add(0, first));
  }

  get length(): number {
    return this.kept.length;
  }

  /** Bytes that they and the images hold, counted. */
  get bytes(): number {
    return this.held + this.images.bytes;
  }

  /** Bytes of what was unpacked last, and about as many that the machine itself has. */
  get workingBytes(): number {
    const { given, returned, prepared } = this;
    const images = new Set([given, returned, prepared?.image]);
    const machine = 4 * this.kept[this.kept.length - 1].packed.length;
    return [...images].reduce((sum, image) => sum + (image?.buffer.byteLength ?? 0), machine);
  }

  /** Whether a snapshot alone takes milliseconds. */
  get areLarge(): boolean {
    return this.kept[this.kept.length - 1].packed.length > largeWords;
  }

  isDueAt(position: number): boolean {
    return position >= this.due;
  }

  /** Adds the next one, which is due. Until it is there, nothing may be added or dropped in a yield, or the work is abandoned. */
  *add(position: number, snapshot: MachineSnapshot): Work<void> {
    const number = this.kept.length;
    const base = number === 0 ? null : this.kept[number & (number - 1)].packed;
    const { packed, image } = yield* pack(snapshot, base, this.known, this.images.takeSpare());
    this.images.put(packed, image);
    this.kept.push({ position, packed });
    this.held += packed.bytes;
    while (
      this.kept.length > 2 &&
      (this.kept.length > mostCheckpoints ||
        this.held > this.budget ||
        4 * packed.length > bytesPerStep * this.interval)
    ) {
      this.thin();
    }
    this.images.drop(latestImages, this.spread());
    this.findDue();
  }

  /** Where the last one at or before the position is. */
  positionBefore(position: number): number {
    return this.kept[this.numberBefore(position)].position;
  }

  /** The last one at or before the position; it belongs to the caller until the next but one is asked for. */
  before(position: number): MachineSnapshot {
    const number = this.numberBefore(position);
    const { packed } = this.kept[number];
    runToEnd(this.keepImageFor(number));
    const image = this.prepared?.packed === packed ? this.prepared.image : imageOf(packed, this.known, this.returned);
    this.prepared = undefined;
    this.returned = this.given;
    this.given = image;
    return build(packed.tree, image) as MachineSnapshot;
  }

  /** Unpacks the last one at or before the position, with yields: then {@link before} is quick. */
  *prepare(position: number): Work<void> {
    const number = this.numberBefore(position);
    const { packed } = this.kept[number];
    yield* this.keepImageFor(number);
    this.prepared = { packed, image: yield* imageYielding(packed, this.known) };
  }

  /** What was given out so far is somebody else's for good, as a snapshot that was made from there has parts of it. */
  giveAway(): void {
    this.given = this.returned = undefined;
  }

  /** Drops those after the position. */
  dropAfter(position: number): void {
    this.kept.length = this.numberBefore(position) + 1;
    this.recount();
  }

  private numberBefore(position: number): number {
    let low = 0;
    let high = this.kept.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.kept[middle].position <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private findDue(): void {
    this.due = this.kept[this.kept.length - 1].position + this.interval;
  }

  private recount(): void {
    this.held = this.kept.reduce((sum, { packed }) => sum + packed.bytes, 0);
    this.findDue();
  }

  /** Keeps the image of the first checkpoint of a stretch: it is among the bases of all others there, and of their bases. */
  private *keepImageFor(number: number): Work<void> {
    const stretch = this.stretch();
    if (stretch === Infinity) return;
    const { packed } = this.kept[number - (number % stretch)];
    if (this.images.get(packed) !== undefined) return;
    const image = yield* imageYielding(packed, this.known);
    // Somebody may have kept one in a pause.
    if (this.images.get(packed) === undefined) this.images.put(packed, image);
    this.images.drop(latestImages, this.spread());
  }

  /** The first checkpoint of each stretch. */
  private spread(): ReadonlySet<PackedSnapshot> {
    const stretch = this.stretch();
    const firsts = new Set<PackedSnapshot>();
    if (stretch === Infinity) return firsts;
    for (let number = 0; number < this.kept.length; number += stretch) firsts.add(this.kept[number].packed);
    return firsts;
  }

  /** Checkpoints from one of those that seeks begin at to the next, a power of two; Infinity where there is room for none. */
  private stretch(): number {
    const { length } = this.kept;
    const room = Math.floor((this.budget - this.held) / (4 * this.kept[length - 1].packed.length + 1)) - latestImages;
    return room < 1 ? Infinity : 2 ** Math.ceil(Math.log2(Math.max(1, length / Math.min(mostSpread, room))));
  }

  private thin(): void {
    this.interval *= 2;
    this.kept = this.kept.filter((_, number) => number % 2 === 0);
    this.recount();
  }
}

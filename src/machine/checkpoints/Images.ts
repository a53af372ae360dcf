import type { Image } from "./layout";
import type { PackedSnapshot } from "./pack";

/** The images of some packed snapshots: others are unpacked from there. */
export class Images {
  private readonly kept = new Map<PackedSnapshot, Image>();
  /** One that was dropped. */
  private spare: Image | undefined;
  private held = 0;

  /** Bytes of those that are kept. */
  get bytes(): number {
    return this.held;
  }

  /** The image, which may not be changed. */
  get(packed: PackedSnapshot): Image | undefined {
    const image = this.kept.get(packed);
    if (image !== undefined) {
      this.kept.delete(packed);
      this.kept.set(packed, image);
    }
    return image;
  }

  put(packed: PackedSnapshot, image: Image): void {
    this.kept.set(packed, image);
    this.held += image.buffer.byteLength;
  }

  /** Drops all but those that are wanted, and of the others the ones used last. */
  drop(latest: number, wanted: ReadonlySet<PackedSnapshot>): void {
    const others = [...this.kept.keys()].filter((packed) => !wanted.has(packed));
    for (const packed of others.slice(0, Math.max(0, others.length - latest))) {
      this.spare = this.kept.get(packed)!;
      this.kept.delete(packed);
      this.held -= this.spare.buffer.byteLength;
    }
  }

  /** An image to write over, if there is one that was dropped. */
  takeSpare(): Image | undefined {
    const { spare } = this;
    this.spare = undefined;
    return spare;
  }
}

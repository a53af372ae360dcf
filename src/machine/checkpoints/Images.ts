import type { Image } from "./layout";
import type { PackedSnapshot } from "./pack";

/** The images of some packed snapshots, those used last: others are unpacked from there. */
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

  /** Keeps an image, and of all no more than so many. */
  put(packed: PackedSnapshot, image: Image, most: number): void {
    this.kept.set(packed, image);
    this.held += image.buffer.byteLength;
    for (const [oldest, dropped] of this.kept) {
      if (this.kept.size <= most) break;
      this.kept.delete(oldest);
      this.held -= dropped.buffer.byteLength;
      this.spare = dropped;
    }
  }

  /** An image to write over, if there is one that was dropped. */
  takeSpare(): Image | undefined {
    const { spare } = this;
    this.spare = undefined;
    return spare;
  }
}

/** The part of codemix's `malloc` that the bench uses; the package has no types of its own. */
declare module "malloc" {
  class Allocator {
    constructor(buffer: ArrayBuffer);
    /** Offset of the block, 0 when there is no room. */
    alloc(size: number): number;
    free(offset: number): number;
    sizeOf(offset: number): number;
  }
  export default Allocator;
}

import { grownFloats, grownInts } from "./growable";

/** Entries of a node: few enough to look at one after another, many enough that a million blocks need five levels. */
export const fanOut = 16;
const firstNodes = 16;

/** The nodes of a B+-tree in columns: what stands in each, and how spare ones are used again. */
export class OrderNodes {
  protected nodes = 1;
  protected spare = -1;
  /** By node: entries in use, the node above (-1: none) and the entry there; the next spare one for nodes not in use. */
  protected used = new Int32Array(firstNodes);
  protected parent = new Int32Array(firstNodes).fill(-1);
  protected slot = new Int32Array(firstNodes);
  /** By entry (node * fanOut + k): block or node below, first block and number of blocks there, size of the largest. */
  protected child = new Int32Array(firstNodes * fanOut);
  protected first = new Int32Array(firstNodes * fanOut);
  protected count = new Int32Array(firstNodes * fanOut);
  protected most = new Float64Array(firstNodes * fanOut);

  protected mostOf(node: number): number {
    const { most } = this;
    const end = node * fanOut + this.used[node];
    let largest = 0;
    for (let entry = node * fanOut; entry < end; entry++) if (most[entry] > largest) largest = most[entry];
    return largest;
  }

  protected countOf(node: number): number {
    let blocks = 0;
    for (let k = 0; k < this.used[node]; k++) blocks += this.count[node * fanOut + k];
    return blocks;
  }

  protected newNode(): number {
    let node = this.spare;
    if (node >= 0) this.spare = this.slot[node];
    else {
      if (this.nodes === this.used.length) this.enlargeNodes(this.nodes * 2);
      node = this.nodes++;
    }
    this.used[node] = 0;
    this.parent[node] = -1;
    return node;
  }

  protected forget(node: number): void {
    this.slot[node] = this.spare;
    this.spare = node;
  }

  protected enlargeNodes(capacity: number): void {
    this.used = grownInts(this.used, capacity);
    this.parent = grownInts(this.parent, capacity);
    this.slot = grownInts(this.slot, capacity);
    this.child = grownInts(this.child, capacity * fanOut);
    this.first = grownInts(this.first, capacity * fanOut);
    this.count = grownInts(this.count, capacity * fanOut);
    this.most = grownFloats(this.most, capacity * fanOut);
  }
}

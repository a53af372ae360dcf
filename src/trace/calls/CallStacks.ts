/** Functions inside of each other that are kept of a thread; deeper ones are recursion that names no other site. */
const deepest = 1000;

/** The functions that each thread of a log is in, as its lines enter and leave them. */
export class CallStacks {
  private readonly stacks = new Map<number, string[]>();

  enter(thread: number, name: string): void {
    const stack = this.stacks.get(thread) ?? [];
    if (stack.length < deepest) stack.push(name);
    this.stacks.set(thread, stack);
  }

  /** Leaves the innermost function, or the one of the name and all inside of it. Returns which. */
  leave(thread: number, name: string): string {
    const stack = this.stacks.get(thread) ?? [];
    const index = name === "" ? stack.length - 1 : stack.lastIndexOf(name);
    return index === -1 ? name : (stack.splice(index).at(0) ?? name);
  }

  /** "" outside of all functions. */
  innermost(thread: number): string {
    return this.stacks.get(thread)?.at(-1) ?? "";
  }
}

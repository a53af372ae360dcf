import type { DebugProtocol } from "@vscode/debugprotocol";
import type { DataTarget } from "../breakpoints/dataTargets";
import { failures } from "../protocol/failures";

/** A value as the views show it, before it has a reference. Children are made only when a client opens the value. */
export interface ShownValue {
  readonly name: string;
  readonly value: string;
  readonly type?: string;
  /** Address whose bytes a hex editor can open, in hexadecimal. */
  readonly memoryReference?: string;
  /** An expression that gives this value again, for Add to Watch. */
  readonly evaluateName?: string;
  readonly children?: Children;
  /** What a data breakpoint on this value watches. */
  readonly watch?: DataTarget;
  /** The statement that gives this value another one, by what the user typed; without it the value is read-only. */
  readonly assign?: (value: string) => string;
}

/** Children in two groups: named ones are few, indexed ones may be many and are made page by page. */
export interface Children {
  readonly named?: () => readonly ShownValue[];
  readonly indexed?: { readonly count: number; page(start: number, count: number): readonly ShownValue[] };
}

/** Gives open values their reference numbers; all of them die when the run goes on. */
export class VariableStore {
  private readonly open = new Map<number, (isHex: boolean) => Children>();
  /** What was shown of each open value, by name. */
  private readonly shown = new Map<number, Map<string, ShownValue>>();
  // Numbers are never used again, so that a late request of the client cannot meet another value's children.
  private next = 1;

  clear(): void {
    this.open.clear();
    this.shown.clear();
  }

  /** A number for a value whose children are made anew for each request, in hexadecimal when it asks for that. */
  reference(children: ((isHex: boolean) => Children) | undefined): number {
    if (children === undefined) return 0;
    const reference = this.next++;
    this.open.set(reference, children);
    return reference;
  }

  toVariable(shown: ShownValue): DebugProtocol.Variable {
    const { name, value, type, memoryReference, evaluateName, children } = shown;
    return {
      name,
      value,
      ...(type === undefined ? {} : { type }),
      ...(evaluateName === undefined ? {} : { evaluateName }),
      ...(memoryReference === undefined ? {} : { memoryReference }),
      ...(shown.assign === undefined ? { presentationHint: { attributes: ["readOnly"] } } : {}),
      variablesReference: this.reference(children === undefined ? undefined : () => children),
      ...(children?.indexed === undefined ? {} : { indexedVariables: children.indexed.count }),
      ...(children?.indexed === undefined || children.named === undefined
        ? {}
        : { namedVariables: children.named().length }),
    };
  }

  variables(args: DebugProtocol.VariablesArguments, isHex: boolean): DebugProtocol.Variable[] {
    const children = this.open.get(args.variablesReference)?.(isHex);
    if (children === undefined) throw failures.unknownReference(args.variablesReference);
    const named = args.filter === "indexed" ? [] : (children.named?.() ?? []);
    const indexed = args.filter === "named" ? [] : this.indexedPage(children, args);
    // Paging counts over the group asked for; without a filter over both, the named ones first.
    const start = Math.max(0, args.start ?? 0);
    const shown =
      args.filter === "indexed"
        ? indexed
        : [...named.slice(start, args.count ? start + args.count : undefined), ...indexed];
    const known = this.shown.get(args.variablesReference) ?? new Map<string, ShownValue>();
    for (const value of shown) known.set(value.name, value);
    this.shown.set(args.variablesReference, known);
    return shown.map((value) => this.toVariable(value));
  }

  /** A value that was shown as a child of the reference. */
  find(reference: number, name: string): ShownValue | undefined {
    return this.shown.get(reference)?.get(name);
  }

  private indexedPage(children: Children, args: DebugProtocol.VariablesArguments): readonly ShownValue[] {
    const { indexed } = children;
    if (indexed === undefined) return [];
    const before = args.filter === "indexed" ? 0 : (children.named?.().length ?? 0);
    const from = Math.max(0, (args.start ?? 0) - before);
    const taken = args.filter === "indexed" ? 0 : Math.max(0, before - (args.start ?? 0));
    const count = args.count ? Math.max(0, args.count - taken) : indexed.count;
    return indexed.count <= from ? [] : indexed.page(from, Math.min(count, indexed.count - from));
  }
}

import { toHex } from "../../engine/address";
import type { MachineState } from "../run/MachineState";
import type { NodeList, StateNode } from "./node";
import { stateTree, type StateTree } from "./stateTree";

/** Facts that are addresses, which are hexadecimal strings in JSON. */
const addressKeys = ["addr", "payload", "base", "pointer", "blocks"] as const;
type AddressKey = (typeof addressKeys)[number];
const isAddress = (key: string): boolean => (addressKeys as readonly string[]).includes(key);

/** What a value of the tree is in JSON, under a key. */
type JsonOf<Value, Key = ""> = Value extends number
  ? Key extends AddressKey
    ? string
    : Value
  : Value extends readonly (infer Item)[]
    ? readonly JsonOf<Item, Key>[]
    : Value extends NodeList<infer Item>
      ? readonly JsonOf<Item>[]
      : Value extends ReadonlyMap<string, infer Item>
        ? Readonly<Record<string, JsonOf<Item>>>
        : Value extends StateNode<string, infer Facts>
          ? JsonOf<Facts>
          : Value extends object
            ? { readonly [Part in keyof Value]: JsonOf<Value[Part], Part> }
            : Value;

/** Plain data for `--state`: addresses are hexadecimal strings, lines count from 1. */
export type StateData = JsonOf<StateTree>;

/** The whole memory as plain data, equal for equal states. */
export function describeState(state: MachineState): StateData {
  return objectOf(Object.entries(stateTree(state))) as unknown as StateData;
}

const objectOf = (facts: Iterable<readonly [string, unknown]>): object =>
  Object.fromEntries(Array.from(facts, ([key, value]) => [key, jsonOf(key, value)]));

function jsonOf(key: string, value: unknown): unknown {
  if (typeof value === "number") return isAddress(key) ? toHex(value) : key === "line" ? value + 1 : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => jsonOf(key, item));
  if (value instanceof Map) return objectOf(value as ReadonlyMap<string, unknown>);
  if ("items" in value) return Array.from((value as NodeList<unknown>).items(), (item) => jsonOf("", item));
  return objectOf(Object.entries("facts" in value ? (value.facts as object) : value));
}

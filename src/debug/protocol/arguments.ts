import { failures } from "./failures";

/** Arguments come from any client: what is not as the protocol says is refused with a sentence, never met later. */

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An optional object argument. */
export function objectOrNone(command: string, name: string, value: unknown): Fields | undefined {
  if (value === undefined || isObject(value)) return value;
  throw failures.badArguments(command, `'${name}' to be an object`);
}

/** The objects of an array argument; undefined counts as none where the protocol makes it optional. */
export function objectList(command: string, name: string, value: unknown, isOptional = false): readonly object[] {
  if (value === undefined && isOptional) return [];
  if (Array.isArray(value) && value.every(isObject)) return value;
  throw failures.badArguments(command, `'${name}' to be an array of objects`);
}

export function textList(command: string, name: string, value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw failures.badArguments(command, `'${name}' to be an array of strings`);
}

/** Checks that each of the named fields is absent or a string. */
export function checkTexts(command: string, item: object, ...names: readonly string[]): void {
  for (const name of names) {
    const value = (item as Fields)[name];
    if (value !== undefined && typeof value !== "string") {
      throw failures.badArguments(command, `'${name}' to be a string`);
    }
  }
}

/** Checks that each of the named fields is a whole number, or absent where `isOptional`. */
export function checkWholes(command: string, item: object, isOptional: boolean, ...names: readonly string[]): void {
  for (const name of names) {
    const value = (item as Fields)[name];
    if (!(value === undefined && isOptional) && !Number.isSafeInteger(value)) {
      throw failures.badArguments(command, `'${name}' to be a whole number`);
    }
  }
}

/** The path of a `source` argument, undefined when it has none. */
export function sourcePath(command: string, source: unknown): string | undefined {
  const fields = objectOrNone(command, "source", source);
  checkTexts(command, fields ?? {}, "path");
  return fields?.["path"] as string | undefined;
}

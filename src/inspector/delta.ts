/**
 * How plain data follows from data that the receiver has: what is the same is not sent again. Works on trees of objects,
 * lists and primitive values, as `postMessage` carries them; typed arrays are sent whole. Null: it is the same.
 */
export type Delta =
  | null
  | { readonly set: unknown }
  /** Fields that are not named are the same. */
  | { readonly fields: Readonly<Record<string, Delta>> }
  | { readonly parts: readonly ListPart[] };

/**
 * A stretch of the new list: `keep` elements of the old one as they are, the old ones as `edit` changes them, or new ones.
 * Old elements are taken in order, after `skip` of them that are gone.
 */
export type ListPart =
  | { readonly skip?: number; readonly keep: number }
  | { readonly skip?: number; readonly edit: readonly Delta[] }
  | { readonly put: readonly unknown[] };

type Fields = Readonly<Record<string, unknown>>;

/** How far a list is searched for the place where it goes on as before. */
const reach = 24;

export function deltaOf(before: unknown, after: unknown): Delta {
  if (before === after) return null;
  if (Array.isArray(before) && Array.isArray(after)) return listDelta(before, after);
  if (isTree(before) && isTree(after)) return fieldsDelta(before, after);
  return isEqual(before, after) ? null : { set: after };
}

/** The data that a delta leads to; parts that are the same are those of `before` themselves. */
export function applyDelta(before: unknown, delta: Delta): unknown {
  if (delta === null) return before;
  if ("set" in delta) return delta.set;
  if ("parts" in delta) return appliedList(before as readonly unknown[], delta.parts);
  const old = before as Fields;
  const changed: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(delta.fields)) changed[name] = applyDelta(old[name], field);
  return { ...old, ...changed };
}

function appliedList(before: readonly unknown[], parts: readonly ListPart[]): unknown[] {
  const after: unknown[] = [];
  let old = 0;
  for (const part of parts) {
    if ("put" in part) {
      for (const element of part.put) after.push(element);
      continue;
    }
    old += part.skip ?? 0;
    if ("edit" in part) for (const edit of part.edit) after.push(applyDelta(before[old++], edit));
    else for (const end = old + part.keep; old < end; old++) after.push(before[old]);
  }
  return after;
}

function fieldsDelta(before: Fields, after: Fields): Delta {
  const names = Object.keys(after);
  if (names.length !== Object.keys(before).length) return { set: after };
  const fields: Record<string, Delta> = {};
  let count = 0;
  for (const name of names) {
    if (!Object.hasOwn(before, name)) return { set: after };
    const delta = deltaOf(before[name], after[name]);
    if (delta === null) continue;
    fields[name] = delta;
    count++;
  }
  return count === 0 ? null : { fields };
}

/**
 * Walks both lists and looks a little ahead for where they agree again after a difference: lists of the panel are in the
 * order of addresses or links, of which a step changes few. Not the shortest description, but one in a single pass.
 */
function listDelta(before: readonly unknown[], after: readonly unknown[]): Delta {
  const parts: ListPart[] = [];
  let old = 0;
  let now = 0;
  let skip = 0;
  while (now < after.length) {
    const start = old;
    while (old < before.length && now < after.length && isEqual(before[old], after[now])) {
      old++;
      now++;
    }
    if (old > start) {
      parts.push({ ...skipped(skip), keep: old - start });
      skip = 0;
    }
    if (now === after.length) break;
    const { gone, come } = nextAgreement(before, after, old, now);
    const paired = Math.min(gone, come);
    if (paired > 0) {
      const edit = Array.from({ length: paired }, (_, at) => deltaOf(before[old + at], after[now + at]));
      parts.push({ ...skipped(skip), edit });
      skip = 0;
    }
    if (come > paired) parts.push({ put: after.slice(now + paired, now + come) });
    skip += gone - paired;
    old += gone;
    now += come;
  }
  const isSame = before.length === after.length && parts.every((part) => "keep" in part && part.skip === undefined);
  return isSame ? null : { parts };
}

const skipped = (skip: number): { readonly skip?: number } => (skip === 0 ? {} : { skip });

/** How many old elements and how many new ones come before the lists agree again; stretches of both if they never do. */
function nextAgreement(
  before: readonly unknown[],
  after: readonly unknown[],
  old: number,
  now: number,
): { readonly gone: number; readonly come: number } {
  const agrees = (gone: number, come: number): boolean =>
    old + gone < before.length && now + come < after.length && isEqual(before[old + gone], after[now + come]);
  for (let distance = 1; distance <= reach; distance++) {
    for (let less = 0; less <= distance; less++) {
      if (agrees(distance, less)) return { gone: distance, come: less };
      if (agrees(less, distance)) return { gone: less, come: distance };
    }
  }
  return { gone: Math.min(reach, before.length - old), come: Math.min(reach, after.length - now) };
}

function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((element, at) => isEqual(element, right[at]));
  }
  if (isNumbers(left) && isNumbers(right)) {
    return left.length === right.length && left.every((number, at) => number === right[at]);
  }
  if (!isTree(left) || !isTree(right)) return false;
  // Without lists of the names, which would be made for every element of a list.
  for (const name in left) if (!isEqual(left[name], right[name])) return false;
  for (const name in right) if (!(name in left)) return false;
  return true;
}

function isTree(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** A typed array; they are alike enough for a comparison. */
function isNumbers(value: unknown): value is Float64Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

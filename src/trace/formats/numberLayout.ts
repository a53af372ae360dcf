import { describeVerb } from "../../language/vocabulary/vocabulary";
import type { NumberReading, NumberUnit } from "../format";
import type { TraceRequest } from "../request";
import { isKindWord, isNumber, isPrefixed, needsHexadecimal, tokensOf } from "./numberTokens";

/** Columns of lines that say one reference each, from 0; `size` is -1 where there is none. */
export interface NumberColumns {
  readonly kind: number;
  readonly address: number;
  readonly size: number;
}

/** How lines of numbers are read. */
export interface NumberLayout extends NumberReading {
  /** Null: each number of a line is a reference, and a letter before it says its kind. */
  readonly columns: NumberColumns | null;
  /** The part of the lines that fit, from 0 to 1. */
  readonly share: number;
}

/** From here on numbers without `0x` are taken as addresses: textbooks have small page numbers. */
const firstAddress = 1000;
/** From here on page numbers and addresses are confused. */
const firstDoubted = 100;
/** From here on hexadecimal numbers are addresses without a doubt. */
const firstSure = 0x1_0000;
const largestSize = 512;
/** The part of the lines that has to agree on a column. */
const mostly = 0.8;

/** Several formats ask about the same lines, which may be hundreds of thousands. */
const known = new WeakMap<readonly string[], { readonly request: TraceRequest; readonly layout: NumberLayout }>();

/** The layout that fits the lines best. */
export function layoutOf(lines: readonly string[], request: TraceRequest): NumberLayout {
  const last = known.get(lines);
  if (last?.request === request) return last.layout;
  const layout = layoutAs(lines, request, null);
  known.set(lines, { request, layout });
  return layout;
}

/** The same where the user says what the numbers are; null: the lines decide. */
export function layoutAs(lines: readonly string[], request: TraceRequest, unit: NumberUnit | null): NumberLayout {
  const rows = lines.map(tokensOf);
  const columns = columnsOf(rows);
  const fitting = rows.filter((row) => (columns === null ? isList(row) : hasColumns(row, columns)));
  const numbers = columns === null ? fitting.flat().filter(isNumber) : fitting.map((row) => row[columns.address]);
  const bare = numbers.filter((token) => !isPrefixed(token) && token !== "0");
  const base = bare.length === 0 ? null : (request.base ?? baseOf(bare));
  const share = lines.length === 0 ? 0 : fitting.length / lines.length;
  const hasPrefixed = bare.length < numbers.length && numbers.some(isPrefixed);
  return { columns, share, base, ...unitOf(bare, base, hasPrefixed, columns, request, unit) };
}

function unitOf(
  bare: readonly string[],
  base: 10 | 16 | null,
  hasPrefixed: boolean,
  columns: NumberColumns | null,
  request: TraceRequest,
  said: NumberUnit | null,
): Pick<NumberReading, "unit" | "isUnitDoubted"> {
  const sure = (unit: NumberUnit) => ({ unit, isUnitDoubted: false });
  if (said === "mixed") return sure(hasPrefixed ? "mixed" : "pages");
  if (said !== null) return sure(said);
  if (base === null || request.hasCaches === true || (columns !== null && (hasPrefixed || columns.size !== -1))) {
    return sure(base === null && !hasPrefixed ? "pages" : "addresses");
  }
  if (hasPrefixed) return sure(base === 16 ? "addresses" : "mixed");
  if (/\.ref(\.gz)?$/i.test(request.name ?? "")) return sure("pages");
  let largest = 0;
  for (const token of bare) largest = Math.max(largest, parseInt(token, base));
  const isDoubted = largest >= firstDoubted && !(base === 16 && largest >= firstSure);
  return { unit: largest >= firstAddress ? "addresses" : "pages", isUnitDoubted: isDoubted };
}

/** 16 when a number has a letter, and when all are padded with zeros to the width of an address. */
function baseOf(bare: readonly string[]): 10 | 16 {
  if (bare.some(needsHexadecimal)) return 16;
  const width = bare[0].length;
  const isPadded =
    width >= 6 && bare.every((token) => token.length === width) && bare.some((token) => token[0] === "0");
  return isPadded ? 16 : 10;
}

function isList(row: readonly string[]): boolean {
  return row.some(isNumber) && row.every((token) => isNumber(token) || isKindWord(token));
}

function hasColumns(row: readonly string[], { kind, address }: NumberColumns): boolean {
  // `access 0x1000 w` is a line of a script.
  if (!isKindWord(row[0] ?? "") && describeVerb(row[0] ?? "") !== undefined) return false;
  return row.length > Math.max(kind, address) && isKindWord(row[kind]) && isNumber(row[address]);
}

/** The columns of lines that say one reference each: a word for its kind, its address and perhaps its size. */
function columnsOf(all: readonly (readonly string[])[]): NumberColumns | null {
  const rows = all.filter((row) => row.some(isKindWord) || isList(row));
  const places = rows.map((row) => row.findIndex(isKindWord));
  const kind = [0, 1, 2, 3, 4].find((place) => isMost(places.filter((each) => each === place).length, rows.length));
  if (kind === undefined) return null;
  const typical = rows.filter((_, at) => places[at] === kind);
  const isOne = (row: readonly string[]): boolean => !isList(row) || row.filter(isKindWord).length === 1;
  if (!isMost(typical.filter(isOne).length, typical.length)) return null;
  const width = typical.slice(0, 100).reduce((most, row) => Math.max(most, row.length), 0);
  const columns: Column[] = [];
  for (let place = 0; place < width; place++) {
    const tokens = typical.flatMap((row) => (isNumber(row[place] ?? "") ? [row[place]] : []));
    if (place !== kind && isMost(tokens.length, typical.length)) columns.push(new Column(place, tokens));
  }
  const address = addressAmong(columns, kind);
  if (address === undefined) return null;
  const isBetween = ({ place }: Column): boolean => kind < place && place < address.place;
  const beside = [columns.find(({ place }) => place > address.place), columns.find(isBetween)];
  const size = beside.find((column) => column?.isSizes === true);
  // Small numbers are a reference string in lines, such as `r 7 0`, unless there is one in each or they have sizes.
  const hasSizes = columns.length === 2 && size?.isPowers === true;
  if (columns.every((column) => column.isSmall) && (rows.length === 1 || (columns.length > 1 && !hasSizes)))
    return null;
  return { kind, address: address.place, size: size?.place ?? -1 };
}

const isMost = (count: number, all: number): boolean => count > 0 && count >= mostly * all;

/** The column of addresses: beside it may be sizes, cycles, thread ids and the addresses of instructions. */
function addressAmong(all: readonly Column[], kind: number): Column | undefined {
  // Where an address has digits that only hexadecimal numbers have, decimal columns are none.
  const hexadecimal = all.filter((column) => column.isHexadecimal);
  const columns = hexadecimal.length === 0 ? all : hexadecimal;
  const before = columns.filter(({ place }) => place < kind);
  const after = columns.find(({ place }) => place > kind);
  const last = before.at(-1);
  const nearest = last?.isSizes === true && before.length > 1 ? before.at(-2) : last;
  if (after === undefined || nearest === undefined) return after ?? nearest;
  if (after.isHexadecimal !== nearest.isHexadecimal && !after.isSizes) return after.isHexadecimal ? after : nearest;
  if (after.isSizes) return nearest;
  return after.isHexadecimal || !after.isRising || nearest.isRising ? after : nearest;
}

/** What the numbers of a column look like. */
class Column {
  readonly isHexadecimal: boolean;
  /** Whether all could be sizes of accesses. */
  readonly isSizes: boolean;
  readonly isPowers: boolean;
  /** Whether all could be page numbers of a textbook. */
  readonly isSmall: boolean;
  /** Whether none is less than the one before, as times are. */
  readonly isRising: boolean;

  constructor(
    readonly place: number,
    tokens: readonly string[],
  ) {
    this.isHexadecimal = tokens.some((token) => isPrefixed(token) || needsHexadecimal(token));
    const values = tokens.map((token) => (isPrefixed(token) ? Number(token) : parseInt(token, 10)));
    this.isRising = values.every((value, at) => at === 0 || value >= values[at - 1]);
    const isClimbing = values.length > 2 && values.every((value, at) => at === 0 || value > values[at - 1]);
    const areDigits = tokens.every((token) => isPrefixed(token) || /^\d+$/.test(token));
    this.isSizes = areDigits && !isClimbing && values.every((value) => value >= 1 && value <= largestSize);
    this.isPowers = values.every((value) => Number.isInteger(Math.log2(value)));
    this.isSmall = !this.isHexadecimal && values.every((value) => value < firstAddress);
  }
}

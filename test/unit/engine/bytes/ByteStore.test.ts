import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteStore, storePageBytes } from "../../../../src/engine/bytes/ByteStore";

/** The same bytes kept naively: a value and a defined flag for each address of a small window. */
class NaiveBytes {
  bytes = new Map<number, number>();
  defined = new Set<number>();
}

const windowStart = 2 ** 40 - 2 * storePageBytes;
const windowBytes = 4 * storePageBytes;
const offset = fc.integer({ min: 0, max: windowBytes - 1 });
const length = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2 * storePageBytes }));
const byte = fc.integer({ min: 0, max: 255 });
const operation = fc.oneof(
  fc.record({ op: fc.constant("fill" as const), to: offset, from: offset, length, byte }),
  fc.record({ op: fc.constant("write" as const), to: offset, from: offset, length, byte }),
  fc.record({ op: fc.constant("copy" as const), to: offset, from: offset, length, byte }),
  fc.record({ op: fc.constant("forget" as const), to: offset, from: offset, length, byte }),
  fc.record({ op: fc.constant("snapshot" as const), to: offset, from: offset, length, byte }),
  fc.record({ op: fc.constant("restore" as const), to: offset, from: offset, length, byte }),
);

describe("ByteStore", () => {
  it("reads bytes never written as 0 without making pages", () => {
    const store = new ByteStore();
    assert.equal(store.get(2 ** 52), 0);
    assert.deepEqual(store.read(5000, 3), new Uint8Array(3));
    assert.equal(store.residentBytes, 0);
    store.copy(0, 1_000_000, 100_000);
    store.forget(0, 2 ** 50);
    assert.equal(store.residentBytes, 0);
  });

  for (const [width, value, expected] of [
    [1, 0xab, "ab"],
    [2, 0x1234, "3412"],
    [4, 0xdeadbeef, "efbeadde"],
    [8, 0x1_2345_6789, "8967452301000000"],
    [8, 2 ** 53 - 1, "ffffffffffff1f00"],
    [1, -1, "ff"],
    [4, -2, "feffffff"],
    [8, -2, "feffffffffffffff"],
    [8, -(2 ** 40), "0000000000ffffff"],
    [2, 0x12345, "4523"],
  ] as const) {
    it(`writes ${value} in ${width} bytes as ${expected}, across a page border too`, () => {
      for (const address of [64, storePageBytes - 1, 2 ** 48 + storePageBytes - 3]) {
        const store = new ByteStore();
        store.setInteger(address, width, value);
        assert.equal(Buffer.from(store.read(address, width)).toString("hex"), expected);
        const back = store.getInteger(address, width);
        if (value >= 0 && value < 2 ** (8 * width)) assert.equal(back, value);
        assert.equal(store.firstUndefined(address, width), -1);
        assert.equal(store.firstUndefined(address - 1, width), address - 1);
        assert.equal(store.firstUndefined(address, width + 1), address + width);
      }
    });
  }

  it("lists the parts of a range that exist, in address order, for short and for huge ranges", () => {
    const store = new ByteStore();
    for (const address of [0x9000, 0x5000, 0x1000]) store.set(address, 1);
    assert.deepEqual(
      [...store.residentParts(0x1ff0, 0x3020)],
      [
        [0x1ff0, 0x2000],
        [0x5000, 0x5010],
      ],
    );
    const everything = [...store.residentParts(0, Number.MAX_SAFE_INTEGER)];
    assert.deepEqual(everything, [
      [0x1000, 0x2000],
      [0x5000, 0x6000],
      [0x9000, 0xa000],
    ]);
    assert.deepEqual([...store.residentParts(0x1000, 0)], []);
  });

  it("shares pages with snapshots until one side writes", () => {
    const store = new ByteStore();
    store.write(100, new Uint8Array([1, 2, 3]));
    const first = store.snapshot();
    store.set(101, 9);
    const second = store.snapshot();
    store.fill(0, 3 * storePageBytes, 7);
    assert.equal(store.residentBytes, 3 * storePageBytes);
    store.restore(first);
    assert.deepEqual([...store.read(100, 3)], [1, 2, 3]);
    assert.equal(store.residentBytes, storePageBytes);
    store.set(100, 50);
    store.restore(second);
    assert.deepEqual([...store.read(100, 3)], [1, 9, 3]);
    store.restore(first);
    assert.deepEqual([...store.read(100, 3)], [1, 2, 3]);
  });

  it("writes in place what only a snapshot that was given up has, and nothing that an earlier one has", () => {
    const store = new ByteStore();
    store.write(100, new Uint8Array([1, 2, 3]));
    const first = store.snapshot();
    store.set(storePageBytes, 4);
    const second = store.snapshot();
    store.takeBack();
    store.set(101, 9);
    store.set(storePageBytes, 5);
    store.restore(first);
    assert.deepEqual([...store.read(100, 3)], [1, 2, 3]);
    store.restore(second);
    assert.deepEqual([...store.read(100, 3)], [1, 2, 3]);
    assert.equal(store.get(storePageBytes), 5);
  });

  it("agrees with a naive map of bytes", () => {
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 25 }), (operations) => {
        const store = new ByteStore();
        let naive = new NaiveBytes();
        let saved = { store: store.snapshot(), naive: new NaiveBytes() };
        for (const { op, to, from, length: wanted, byte: value } of operations) {
          const size = Math.min(wanted, windowBytes - Math.max(to, from));
          if (op === "fill" || op === "write") {
            if (op === "fill") store.fill(windowStart + to, size, value);
            else
              store.write(
                windowStart + to,
                Uint8Array.from({ length: size }, (_, k) => value + k),
              );
            for (let k = 0; k < size; k++) {
              naive.bytes.set(to + k, op === "fill" ? value : (value + k) & 255);
              naive.defined.add(to + k);
            }
          } else if (op === "forget") {
            store.forget(windowStart + to, size);
            for (let k = 0; k < size; k++) naive.defined.delete(to + k);
          } else if (op === "copy") {
            store.copy(windowStart + to, windowStart + from, size);
            const bytes = Array.from({ length: size }, (_, k) => naive.bytes.get(from + k) ?? 0);
            const defined = Array.from({ length: size }, (_, k) => naive.defined.has(from + k));
            bytes.forEach((b, k) => {
              naive.bytes.set(to + k, b);
              if (defined[k]) naive.defined.add(to + k);
              else naive.defined.delete(to + k);
            });
          } else if (op === "snapshot") {
            const copy = new NaiveBytes();
            copy.bytes = new Map(naive.bytes);
            copy.defined = new Set(naive.defined);
            saved = { store: store.snapshot(), naive: copy };
          } else {
            store.restore(saved.store);
            naive = new NaiveBytes();
            naive.bytes = new Map(saved.naive.bytes);
            naive.defined = new Set(saved.naive.defined);
          }
        }
        const expected = Uint8Array.from({ length: windowBytes }, (_, k) => naive.bytes.get(k) ?? 0);
        assert.ok(Buffer.from(store.read(windowStart, windowBytes)).equals(Buffer.from(expected)));
        for (let k = 0; k < windowBytes; k++) {
          assert.equal(store.firstUndefined(windowStart + k, 1) === -1, naive.defined.has(k), `defined bit of ${k}`);
        }
      }),
      { numRuns: 60 },
    );
  });
});

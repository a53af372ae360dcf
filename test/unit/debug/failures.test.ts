import assert from "node:assert/strict";
import { failures, type RequestFailure } from "../../../src/debug/protocol/failures";

describe("the failures of requests", () => {
  it("have a number each", () => {
    const make = Object.values(failures) as readonly ((...facts: unknown[]) => RequestFailure)[];
    const numbers = make.map((failure) => failure("a", ["b"]).id);
    assert.equal(new Set(numbers).size, numbers.length);
  });
});

import assert from "node:assert/strict";
import fc from "fast-check";
import { encodeBase64 } from "../../../src/debug/base64";

describe("base64", () => {
  it("agrees with Node for every length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        assert.equal(encodeBase64(bytes), Buffer.from(bytes).toString("base64"));
      }),
    );
  });
});

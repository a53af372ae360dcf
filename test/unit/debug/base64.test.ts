import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeBase64, encodeBase64 } from "../../../src/debug/protocol/base64";

describe("base64", () => {
  it("agrees with Node for every length", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        const text = Buffer.from(bytes).toString("base64");
        assert.equal(encodeBase64(bytes), text);
        assert.deepEqual(decodeBase64(text), bytes);
        assert.deepEqual(decodeBase64(text.replaceAll("=", "")), bytes);
      }),
    );
  });

  for (const text of ["A", "AAAAA", "A-A=", "AA===", "Ä"]) {
    it(`refuses '${text}'`, () => {
      assert.equal(decodeBase64(text), undefined);
    });
  }
});

import assert from "node:assert/strict";
import { csvOf } from "../../../webview/export/offer";

describe("Comma-separated values", () => {
  it("quote what would read as something else", () => {
    const text = new TextDecoder().decode(
      csvOf([
        ["a", "b c"],
        ['say "hi"', "1,024"],
        ["", "two\nlines"],
      ]),
    );
    assert.equal(text, 'a,b c\r\n"say ""hi""","1,024"\r\n,"two\nlines"\r\n');
  });
});

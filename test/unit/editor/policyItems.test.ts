import assert from "node:assert/strict";
import { policyItems } from "../../../src/editor/commands/policyItems";
import { heapPolicies } from "../../../src/engine/heap/options";

describe("policies to pick", () => {
  it("are all of them, each with a line without Markdown", () => {
    const items = policyItems();
    assert.deepEqual(
      items.map(({ label }) => label),
      [...heapPolicies],
    );
    for (const { detail } of items) assert.match(detail ?? "", /^[^`]+\.$/);
  });
});

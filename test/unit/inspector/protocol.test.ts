import assert from "node:assert/strict";
import { renderHtml } from "../../../src/inspector/html";
import { protocolVersion, receiveHostMessage, receiveViewMessage, toWire } from "../../../src/inspector/protocol";
import { englishStrings, format, localiseStrings } from "../../../src/inspector/strings";

describe("The panel's protocol", () => {
  for (const message of [
    { kind: "ready" },
    { kind: "travel", step: 12 },
    { kind: "revealLine", line: 0 },
    { kind: "select", selection: { kind: "address", address: "0x10020" } },
    { kind: "select", selection: { kind: "block", address: "0x10020", line: 3 } },
    { kind: "select", selection: { kind: "page", process: "main", page: 2, address: "0x2000" } },
    { kind: "select", selection: { kind: "frame", frame: 7 } },
    { kind: "select", selection: { kind: "step", step: 7, line: null } },
    { kind: "select", selection: null },
    { kind: "showing", parts: ["heaps", "series"] },
    { kind: "request", id: 1, query: { kind: "bytes", address: "0x10000", length: 64 } },
    { kind: "detail", heap: "main", from: 0, to: 4096 },
    { kind: "pageWindow", first: 256 },
    { kind: "showProcess", name: "editor" },
    { kind: "showProcess", name: null },
    { kind: "revealCompared", line: 7 },
    { kind: "compareAgain" },
    { kind: "copyComparison" },
    { kind: "closeComparison" },
  ] as const) {
    it(`accepts ${JSON.stringify(message)} from the view`, () => {
      const received = receiveViewMessage(JSON.parse(JSON.stringify(toWire(message))));
      assert.deepEqual(received, { ok: true, message: { ...message, version: protocolVersion } });
    });
  }

  for (const data of [
    undefined,
    null,
    "ready",
    [],
    { kind: "ready" },
    { kind: "ready", version: protocolVersion + 1 },
    { kind: "toString", version: protocolVersion },
    { kind: "fly", version: protocolVersion },
    { kind: "travel", version: protocolVersion },
    { kind: "travel", step: -1, version: protocolVersion },
    { kind: "travel", step: 1.5, version: protocolVersion },
    { kind: "travel", step: Number.NaN, version: protocolVersion },
    { kind: "revealCompared", line: -1, version: protocolVersion },
    { kind: "revealLine", line: "3", version: protocolVersion },
    { kind: "select", selection: { kind: "address", address: 4096 }, version: protocolVersion },
    { kind: "select", selection: { kind: "address", address: "0xZZ" }, version: protocolVersion },
    { kind: "select", selection: { kind: "moon" }, version: protocolVersion },
    { kind: "select", selection: { kind: "step", step: 1 }, version: protocolVersion },
    { kind: "showing", parts: ["attic"], version: protocolVersion },
    { kind: "request", id: 1, version: protocolVersion },
    { kind: "detail", heap: "main", from: 10, to: 10, version: protocolVersion },
  ]) {
    it(`refuses ${data === undefined ? "undefined" : JSON.stringify(data)} with a sentence`, () => {
      const received = receiveViewMessage(data);
      assert.ok(!received.ok && received.reason.endsWith("."));
    });
  }

  it("guards the view's side as well", () => {
    assert.ok(receiveHostMessage(toWire({ kind: "empty" })).ok);
    assert.ok(receiveHostMessage(toWire({ kind: "focus", target: { kind: "line", line: 3 } })).ok);
    assert.ok(receiveHostMessage(toWire({ kind: "comparison", comparison: null, isNew: false })).ok);
    assert.ok(!receiveHostMessage({ kind: "comparison", comparison: { title: 3 }, version: protocolVersion }).ok);
    assert.ok(receiveHostMessage(toWire({ kind: "answer", id: 1, position: 4, result: new Uint8Array(2) })).ok);
    assert.ok(receiveHostMessage(toWire({ kind: "failure", id: 1, reason: "There is no run." })).ok);
    assert.ok(!receiveHostMessage({ kind: "answer", id: 1, version: protocolVersion }).ok);
    assert.ok(!receiveHostMessage({ kind: "snapshot", snapshot: {}, version: protocolVersion }).ok);
    assert.ok(!receiveHostMessage({ kind: "focus", target: { kind: "moon" }, version: protocolVersion }).ok);
  });
});

describe("The panel's page and texts", () => {
  const page = {
    nonce: "abc",
    cspSource: "https://x",
    scriptUri: "s.js",
    styleUri: "s.css",
    codiconUri: "c.css",
    place: "editor" as const,
    lang: "en",
  };
  it("escapes what it is given", () => {
    const html = renderHtml({ ...page, title: `<img onerror="x">` });
    assert.ok(html.includes("&lt;img onerror=&quot;x&quot;&gt;"));
    assert.ok(!html.includes("<img"));
  });

  it("allows nothing but its own script and styles", () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(renderHtml({ ...page, title: "t" }))![1];
    assert.equal(
      policy,
      "default-src 'none'; script-src 'nonce-abc'; style-src https://x 'nonce-abc'; font-src https://x",
    );
  });

  it("fills places and translates every text", () => {
    assert.equal(format("{1} of {0}, {2}", 10, 3), "3 of 10, {2}");
    const strings = localiseStrings((text) => text.toUpperCase());
    assert.equal(strings.stepOf, "STEP {0} OF {1}");
    assert.deepEqual(Object.keys(strings), Object.keys(englishStrings));
  });
});

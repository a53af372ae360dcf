import assert from "node:assert/strict";
import type * as vscode from "vscode";
import { sameUri, uriKey } from "../../../src/editor/host/uris";
import { hasVariables, withoutVariables } from "../../../src/editor/host/variables";

/** As much of a URI as the comparison needs. */
function uriOf(scheme: string, path: string): vscode.Uri {
  const uri = { scheme, path, with: (change: { path: string }) => uriOf(scheme, change.path) };
  return { ...uri, toString: () => `${scheme}://${encodeURI(path)}` } as unknown as vscode.Uri;
}

describe("places of scripts", () => {
  it("are compared as the platform compares names of files", () => {
    const [left, right] = [uriOf("file", "/c:/Übung/A.memscript"), uriOf("file", "/C:/übung/a.MEMSCRIPT")];
    for (const platform of ["win32", "darwin"]) assert.equal(uriKey(left, platform), uriKey(right, platform));
    assert.notEqual(uriKey(left, "linux"), uriKey(right, "linux"));
    assert.notEqual(uriKey(left, null), uriKey(right, null));
    assert.ok(sameUri(left, left));
  });

  it("of other file systems keep their case", () => {
    const [left, right] = [uriOf("vscode-vfs", "/A"), uriOf("vscode-vfs", "/a")];
    assert.notEqual(uriKey(left, "win32"), uriKey(right, "win32"));
  });
});

describe("a text where VS Code replaces variables", () => {
  it("has none", () => {
    const name = "a${command:workbench.action.quit}${env:HOME}$${x}.memscript";
    assert.ok(hasVariables(name));
    assert.ok(!hasVariables(withoutVariables(name)));
    assert.equal(withoutVariables("a$b{c}.memscript"), "a$b{c}.memscript");
  });
});

import type * as vscode from "vscode";

/** Platforms whose file systems take names that differ only in case for one. */
const ignoringCase = new Set(["win32", "darwin"]);

/** Null in a browser, where there is no local file system. */
const platform = (globalThis as { readonly process?: { readonly platform?: string } }).process?.platform ?? null;

/**
 * A text that two URIs have in common when they lead to the same document. Paths of files are compared as the platform
 * does: on Windows and macOS `C:\Scripts\A.memscript` is `c:\scripts\a.memscript`.
 */
export function uriKey(uri: vscode.Uri, onPlatform = platform): string {
  const ignoresCase = uri.scheme === "file" && ignoringCase.has(onPlatform ?? "");
  return (ignoresCase ? uri.with({ path: uri.path.toLowerCase() }) : uri).toString();
}

export function sameUri(left: vscode.Uri, right: vscode.Uri): boolean {
  return uriKey(left) === uriKey(right);
}

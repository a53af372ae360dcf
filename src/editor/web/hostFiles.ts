import * as vscode from "vscode";

/**
 * The files of the extension by name, loaded when they are first required. The web extension host loads a single file
 * and its `require` knows nothing but `vscode`; the others, the same as on the desktop, are fetched beforehand.
 */
export async function fetchHostFiles(folder: vscode.Uri, files: readonly string[]): Promise<(path: string) => unknown> {
  const texts = await Promise.all(files.map((file) => textOf(vscode.Uri.joinPath(folder, file))));
  const sources = new Map(files.map((file, at) => [nameOf(file), texts[at]]));
  const modules = new Map<string, { exports: unknown }>();
  const load = (path: string): unknown => {
    if (path === "vscode") return vscode;
    const name = nameOf(path);
    const known = modules.get(name);
    if (known !== undefined) return known.exports;
    const source = sources.get(name);
    if (source === undefined) throw new Error(`The extension has no file ${path}.`);
    const module = { exports: {} };
    modules.set(name, module);
    // As the host itself does with the file that it loads; the sources are files of this extension.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const run = new Function("module", "exports", "require", source) as (...args: unknown[]) => void;
    run(module, module.exports, load);
    return module.exports;
  };
  return load;
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/** Names are unique: chunks are named after what is in them. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

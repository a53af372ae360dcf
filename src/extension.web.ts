import * as vscode from "vscode";

/** The files of the extension, entry first; the build writes them in here. */
declare const HOST_FILES: readonly string[];

interface Entry {
  activate(context: vscode.ExtensionContext): unknown;
  deactivate(): void;
}

let entry: Entry | undefined;

/**
 * Entry of the web extension host. That host loads a single file and its `require` knows nothing but `vscode`: this one
 * fetches the others, which are the same as on the desktop, and runs each when it is first required.
 */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const folder = vscode.Uri.joinPath(context.extensionUri, "dist");
  const texts = await Promise.all(HOST_FILES.map((file) => textOf(vscode.Uri.joinPath(folder, file))));
  const sources = new Map(HOST_FILES.map((file, at) => [nameOf(file), texts[at]]));
  const modules = new Map<string, { exports: unknown }>();
  const load = (path: string): unknown => {
    if (path === "vscode") return vscode;
    const name = nameOf(path);
    const known = modules.get(name);
    if (known !== undefined) return known.exports;
    const module = { exports: {} };
    modules.set(name, module);
    // As the host itself does with the file that it loads; the sources are files of this extension.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const run = new Function("module", "exports", "require", sources.get(name) ?? "") as (...args: unknown[]) => void;
    run(module, module.exports, load);
    return module.exports;
  };
  entry = load(HOST_FILES[0]) as Entry;
  await entry.activate(context);
}

export function deactivate(): void {
  entry?.deactivate();
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

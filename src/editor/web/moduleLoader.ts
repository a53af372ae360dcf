/**
 * A `require` over sources by file name, in which `vscode` stands for what is given. A module runs when it is first
 * required; one that throws is not kept, so that the next call runs it again, as Node does.
 */
export function moduleLoader(sources: ReadonlyMap<string, string>, vscode: unknown): (path: string) => unknown {
  const byName = new Map([...sources].map(([file, source]) => [nameOf(file), source]));
  const modules = new Map<string, { exports: unknown }>();
  const load = (path: string): unknown => {
    if (path === "vscode") return vscode;
    const name = nameOf(path);
    const known = modules.get(name);
    if (known !== undefined) return known.exports;
    const source = byName.get(name);
    if (source === undefined) throw new Error(`The extension has no file ${path}.`);
    const module = { exports: {} };
    modules.set(name, module);
    // As the host itself does with the file that it loads; the sources are files of this extension.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const run = new Function("module", "exports", "require", source) as (...args: unknown[]) => void;
    try {
      run(module, module.exports, load);
    } catch (error) {
      modules.delete(name);
      throw error;
    }
    return module.exports;
  };
  return load;
}

/** Names are unique: chunks are named after what is in them. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

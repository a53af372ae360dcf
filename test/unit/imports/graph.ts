import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { repoRoot } from "../../harness/paths";

/** Which files each file imports at run time, and which for their types alone; paths from the root, with `/`. */
export interface ImportGraph {
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly all: ReadonlyMap<string, readonly string[]>;
}

/** The imports between the TypeScript files of the folders. `import()` is later than all of them and does not count. */
export function importGraph(...folders: readonly string[]): ImportGraph {
  const values = new Map<string, string[]>();
  const all = new Map<string, string[]>();
  for (const file of folders.flatMap(filesOf)) {
    const text = fs.readFileSync(path.join(repoRoot, file), "utf8");
    const imports = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022).statements.flatMap((statement) => {
      if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
      const module = statement.moduleSpecifier;
      if (module === undefined || !ts.isStringLiteral(module) || !module.text.startsWith(".")) return [];
      const target = `${path.posix.join(path.posix.dirname(file), module.text)}.ts`;
      return fs.existsSync(path.join(repoRoot, target)) ? [{ target, isValue: isValue(statement) }] : [];
    });
    values.set(
      file,
      imports.filter((edge) => edge.isValue).map(({ target }) => target),
    );
    all.set(
      file,
      imports.map(({ target }) => target),
    );
  }
  return { values, all };
}

function filesOf(folder: string): string[] {
  return fs
    .readdirSync(path.join(repoRoot, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => `${folder}/${name.replaceAll(path.sep, "/")}`)
    .sort();
}

function isValue(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement;
    if (statement.isTypeOnly) return false;
    return exportClause === undefined || !ts.isNamedExports(exportClause) || hasValue(exportClause.elements);
  }
  const { importClause } = statement;
  if (importClause === undefined) return true;
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return false;
  const { name, namedBindings } = importClause;
  return name !== undefined || namedBindings === undefined || ts.isNamespaceImport(namedBindings)
    ? true
    : hasValue(namedBindings.elements);
}

function hasValue(elements: ts.NodeArray<ts.ImportSpecifier | ts.ExportSpecifier>): boolean {
  return elements.some(({ isTypeOnly }) => !isTypeOnly);
}

/** Groups of files that all reach one another, each in the order of names. Tarjan, "Depth-first search …", 1972. */
export function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const open: string[] = [];
  const cycles: string[][] = [];
  const visit = (file: string): number => {
    const own = order.size;
    order.set(file, own);
    open.push(file);
    let low = own;
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, order.get(next)!);
    }
    if (low === own) {
      const group = open.splice(open.lastIndexOf(file));
      if (group.length > 1) cycles.push(group.sort());
    }
    return low;
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return cycles.sort(([x], [y]) => (x < y ? -1 : 1));
}

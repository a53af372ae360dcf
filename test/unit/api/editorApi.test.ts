import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";
import { repoRoot } from "../../harness/paths";
import { expectGolden } from "./golden";

type TypeDeclaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

/** Syntax alone: a program with all that the file imports would take seconds. */
class SourceTypes {
  private readonly source: ts.SourceFile;

  constructor(private readonly file: string) {
    this.source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  }

  /** Exported types, and those that they name, wherever the sources declare them. */
  collect(found: Map<string, TypeDeclaration>): void {
    for (const statement of this.source.statements) {
      if (!isTypeDeclaration(statement)) continue;
      if (statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) !== true) continue;
      this.find(statement.name.text, found);
    }
  }

  private find(name: string, found: Map<string, TypeDeclaration>): void {
    if (found.has(name)) return;
    const declared = this.source.statements.filter(isTypeDeclaration).find((node) => node.name.text === name);
    if (declared === undefined) {
      const origin = this.originOf(name);
      if (origin !== undefined) new SourceTypes(origin).find(name, found);
      return;
    }
    found.set(name, declared);
    const visit = (node: ts.Node): void => {
      if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) this.find(node.typeName.text, found);
      ts.forEachChild(node, visit);
    };
    visit(declared);
  }

  /** The file of ours that a name is imported from. */
  private originOf(name: string): string | undefined {
    for (const statement of this.source.statements) {
      if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
      const named = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : statement.exportClause;
      if (named === undefined || ts.isNamespaceImport(named) || ts.isNamespaceExport(named)) continue;
      const module = statement.moduleSpecifier;
      if (module === undefined || !ts.isStringLiteral(module) || !module.text.startsWith(".")) continue;
      if (named.elements.some((element) => element.name.text === name)) {
        return path.join(path.dirname(this.file), `${module.text}.ts`);
      }
    }
    return undefined;
  }
}

function isTypeDeclaration(node: ts.Node): node is TypeDeclaration {
  return ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
}

describe("The interface for other extensions", () => {
  it("has these types", () => {
    const found = new Map<string, TypeDeclaration>();
    new SourceTypes(path.join(repoRoot, "src/editor/api.ts")).collect(found);
    const printer = ts.createPrinter({ removeComments: true });
    const texts = [...found]
      .sort(([x], [y]) => (x < y ? -1 : 1))
      .map(([, node]) => printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile()));
    expectGolden("editor-api.txt", `${texts.join("\n\n")}\n`);
  });
});

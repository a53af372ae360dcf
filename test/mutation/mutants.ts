import * as ts from "typescript";

/** One small change of a source file that its tests should notice. */
export interface Mutant {
  /** Path of the file, from the root of the project, with `/`. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Half-open range of the text that `replacement` takes the place of. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** The text before and after, on one line each. */
  readonly what: string;
}

/** What each operator becomes: its opposite, or the neighbour at the boundary. */
const operators: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.PlusToken, "-"],
  [ts.SyntaxKind.MinusToken, "+"],
  [ts.SyntaxKind.AsteriskToken, "/"],
  [ts.SyntaxKind.SlashToken, "*"],
  [ts.SyntaxKind.PercentToken, "*"],
  [ts.SyntaxKind.LessThanToken, "<="],
  [ts.SyntaxKind.LessThanEqualsToken, "<"],
  [ts.SyntaxKind.GreaterThanToken, ">="],
  [ts.SyntaxKind.GreaterThanEqualsToken, ">"],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, "!=="],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, "==="],
  [ts.SyntaxKind.AmpersandAmpersandToken, "||"],
  [ts.SyntaxKind.BarBarToken, "&&"],
  [ts.SyntaxKind.AmpersandToken, "|"],
  [ts.SyntaxKind.BarToken, "&"],
  [ts.SyntaxKind.LessThanLessThanToken, ">>"],
  [ts.SyntaxKind.GreaterThanGreaterThanToken, "<<"],
  [ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken, "<<"],
  [ts.SyntaxKind.PlusEqualsToken, "-="],
  [ts.SyntaxKind.MinusEqualsToken, "+="],
  [ts.SyntaxKind.BarEqualsToken, "&="],
  [ts.SyntaxKind.AmpersandEqualsToken, "|="],
]);

/** All mutants of a file: swapped operators, conditions that always or never hold, other numbers, removed statements. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const mutants: Mutant[] = [];
  const add = (node: ts.Node, replacement: string): void => {
    const start = node.getStart(source);
    const { line } = source.getLineAndCharacterOfPosition(start);
    const shown = (code: string): string => code.replace(/\s+/g, " ");
    const before = shown(text.split("\n")[line].trim());
    const what = `${before}  =>  ${shown(node.getText(source))} -> ${replacement || "nothing"}`;
    mutants.push({ file, line: line + 1, start, end: node.end, replacement, what });
  };
  const visit = (node: ts.Node): void => {
    // Types have no behaviour, and a message of an exception is for us alone.
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isThrowStatement(node)) return;
    mutate(node, add);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants;
}

function mutate(node: ts.Node, add: (node: ts.Node, replacement: string) => void): void {
  if (ts.isBinaryExpression(node)) {
    const swapped = operators.get(node.operatorToken.kind);
    if (swapped !== undefined) add(node.operatorToken, swapped);
  } else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    add(node, node.operand.getText());
  } else if (ts.isIfStatement(node)) {
    add(node.expression, "true");
    add(node.expression, "false");
  } else if (ts.isConditionalExpression(node)) {
    add(node.condition, "true");
    add(node.condition, "false");
  } else if (ts.isNumericLiteral(node)) {
    add(node, `(${node.text} + 1)`);
  } else if (node.kind === ts.SyntaxKind.TrueKeyword) {
    add(node, "false");
  } else if (node.kind === ts.SyntaxKind.FalseKeyword) {
    add(node, "true");
  } else if (ts.isExpressionStatement(node) && !isSuperCall(node.expression)) {
    add(node, ";");
  }
}

/** A constructor without it fails before any test. */
function isSuperCall(node: ts.Expression): boolean {
  return ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword;
}

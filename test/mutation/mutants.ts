import ts from 'typescript';

/** One small change of one file, of a kind that a test should notice. */
export interface Mutant {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Offsets into the file's text. */
  readonly from: number;
  readonly to: number;
  readonly was: string;
  readonly becomes: string;
}

type Change = readonly [node: ts.Node, becomes: string];

const otherOperator: Readonly<Partial<Record<ts.SyntaxKind, string>>> = {
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [ts.SyntaxKind.LessThanToken]: '<=',
  [ts.SyntaxKind.LessThanEqualsToken]: '<',
  [ts.SyntaxKind.GreaterThanToken]: '>=',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '>',
  [ts.SyntaxKind.AmpersandAmpersandToken]: '||',
  [ts.SyntaxKind.BarBarToken]: '&&',
  [ts.SyntaxKind.PlusToken]: '-',
  [ts.SyntaxKind.MinusToken]: '+',
  [ts.SyntaxKind.AsteriskToken]: '/',
  [ts.SyntaxKind.SlashToken]: '*',
  [ts.SyntaxKind.PlusEqualsToken]: '-=',
  [ts.SyntaxKind.MinusEqualsToken]: '+=',
};

/** Every mutant of a file, in the order of its text. Types, imports and what an `invariant` says are left alone: no test can tell. */
export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const mutants: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node) || isInvariant(node)) return;
    for (const [changed, becomes] of changesOf(node)) {
      const from = changed.getStart(source);
      const line = source.getLineAndCharacterOfPosition(from).line + 1;
      mutants.push({ file, line, from, to: changed.getEnd(), was: changed.getText(source), becomes });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return mutants.sort((a, b) => a.from - b.from);
}

export function applied(text: string, { from, to, becomes }: Mutant): string {
  return text.slice(0, from) + becomes + text.slice(to);
}

function changesOf(node: ts.Node): readonly Change[] {
  if (ts.isBinaryExpression(node)) return ofBinary(node);
  if (ts.isIfStatement(node)) return ofIf(node);
  if (ts.isConditionalExpression(node))
    return [[node, `${node.condition.getText()} ? ${node.whenFalse.getText()} : ${node.whenTrue.getText()}`]];
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) return [[node, node.operand.getText()]];
  if (ts.isNumericLiteral(node)) return [[node, `(${node.getText()} + 1)`]];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [[node, 'false']];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [[node, 'true']];
  if (ts.isExpressionStatement(node)) return isInvariant(node.expression) ? [] : [[node, ';']];
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) return ofMethod(node.expression.name);
  return [];
}

function ofBinary({ left, operatorToken, right }: ts.BinaryExpression): readonly Change[] {
  if (operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) return [[left.parent, right.getText()]];
  if ([left, right].some((side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side)) && isPlus(operatorToken)) return [];
  const other = otherOperator[operatorToken.kind];
  return other === undefined ? [] : [[operatorToken, other]];
}

/** With an else its branches change places; without one it never holds, which drops an early return. */
function ofIf({ expression, thenStatement, elseStatement }: ts.IfStatement): readonly Change[] {
  if (elseStatement !== undefined) return [[expression, `!(${expression.getText()})`]];
  const never: Change = [expression, 'false'];
  return ts.isReturnStatement(thenStatement) ? [never] : [never, [expression, 'true']];
}

function ofMethod(name: ts.MemberName): readonly Change[] {
  const { text } = name;
  return text === 'some' ? [[name, 'every']] : text === 'every' ? [[name, 'some']] : [];
}

function isPlus({ kind }: ts.Node): boolean {
  return kind === ts.SyntaxKind.PlusToken || kind === ts.SyntaxKind.PlusEqualsToken;
}

function isInvariant(node: ts.Node): boolean {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'invariant';
}

import ts from 'typescript';
import type { Sources } from './sources';

/** Where an answer must follow from its question alone, so that a forecast repeats. */
const PURE_FOLDERS = ['src/time', 'src/plan', 'src/scaling', 'src/scenario', 'src/ecs', 'src/forecast', 'src/report'];

/** What reads the world outside, or changes it. `globalThis` leads to all of it. */
const IMPURE_NAMES = [
  'Date',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'performance',
  'process',
  'globalThis',
  'Math.random',
  'Math.pow',
];

/** The one place where simulated time meets the real one. */
const WALL_TIME = 'src/time/wall-time.ts';
const WALL_TIME_MAY_USE = ['setTimeout', 'setInterval', 'setImmediate', 'performance'];

/** Names every use of the world outside in a folder that must not know of it. */
export function purityViolations(sources: Sources): string[] {
  return [...sources]
    .filter(([file]) => PURE_FOLDERS.some((folder) => file.startsWith(`${folder}/`)))
    .flatMap(([file, text]) => {
      const allowed = file === WALL_TIME ? WALL_TIME_MAY_USE : [];
      const impure = namesUsed(file, text).filter((name) => IMPURE_NAMES.includes(name) && !allowed.includes(name));
      return [...new Set(impure)].map((name) => `${file} uses ${name}: pure code is told the time and given its chances`);
    });
}

/** Every name that is not a member of something else, and every `object.member`. */
function namesUsed(file: string, text: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isMember(node)) names.push(node.text);
    // a power of anything but a whole number differs in its last digits between versions of Node.
    if (ts.isBinaryExpression(node) && isPower(node) && !ts.isNumericLiteral(node.right)) names.push('Math.pow');
    if (ts.isPropertyAccessExpression(node)) names.push(`${node.expression.getText()}.${node.name.text}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return names;
}

function isMember(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  const isNamed = ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent);
  return (isNamed || ts.isMethodDeclaration(parent) || ts.isMethodSignature(parent)) && parent.name === node;
}

function isPower({ operatorToken }: ts.BinaryExpression): boolean {
  return operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken;
}

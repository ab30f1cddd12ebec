import ts from 'typescript';
import type { Sources } from './sources';

/** Where an answer must follow from its question alone, so that a forecast repeats. */
const PURE_FOLDERS = [
  'time',
  'math',
  'parse',
  'metrics',
  'plan',
  'scaling',
  'traffic',
  'workload',
  'faults',
  'run',
  'ecs',
  'simulation',
  'advice',
  'decide',
  'report',
  'lint',
].map((room) => `src/${room}`);

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

/** The one file that uses the wall clock. */
const SPED_UP_CLOCK = 'src/time/sped-up-clock.ts';
const SPED_UP_CLOCK_MAY_USE = ['setTimeout', 'setInterval', 'setImmediate', 'performance'];

/** Names every use of the world outside in a folder that must not know of it. */
export function purityViolations(sources: Sources): string[] {
  return [...sources]
    .filter(([file]) => PURE_FOLDERS.some((folder) => file.startsWith(`${folder}/`)))
    .flatMap(([file, text]) => {
      const allowed = file === SPED_UP_CLOCK ? SPED_UP_CLOCK_MAY_USE : [];
      const impure = namesUsed(file, text).filter((name) => IMPURE_NAMES.includes(name) && !allowed.includes(name));
      return [...new Set(impure)].map((name) => `${file} uses ${name}: pure code is told the time and given its chances`);
    });
}

/** Every name that is not a member of something else, and every `object.member`. */
function namesUsed(file: string, text: string): string[] {
  const names: string[] = [];
  const tracked = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && !isMember(node)) names.push(node.text);
    // a power of anything but a whole number differs in its last digits between versions of Node.
    if (ts.isBinaryExpression(node) && isPower(node) && !ts.isNumericLiteral(node.right)) names.push('Math.pow');
    if (ts.isPropertyAccessExpression(node)) names.push(`${node.expression.getText()}.${node.name.text}`);
    ts.forEachChild(node, tracked);
  };
  tracked(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return names;
}

function isMember(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  if (ts.isQualifiedName(parent)) return parent.right === node;
  const isGivenByName = ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent);
  return (isGivenByName || ts.isMethodDeclaration(parent) || ts.isMethodSignature(parent)) && parent.name === node;
}

function isPower({ operatorToken }: ts.BinaryExpression): boolean {
  return operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken;
}

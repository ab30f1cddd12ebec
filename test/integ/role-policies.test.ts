import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../consumer';

/** IAM accepts so many characters in all inline policies of a role, without white space. */
const MAX_CHARACTERS = 10_240;

/** The longest name of a stack and the random part of a resource make an ARN of at most so many characters. */
const CHARACTERS_OF_REFERENCE = 200;

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly Policies?: readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[] };
}

interface Statement {
  readonly Action: string | readonly string[];
}

const SNAPSHOTS = readdirSync(join(ROOT, 'integ')).filter((name) => name.endsWith('.snapshot'));

describe('every role of a test has policies that IAM accepts', () => {
  test.each(SNAPSHOTS)('%s', (snapshot) => {
    const roles = rolesOf(join(ROOT, 'integ', snapshot));
    expect(roles.length).toBeGreaterThan(0);
    for (const { id, statements } of roles) {
      expect(charactersOf(statements), id).toBeLessThanOrEqual(MAX_CHARACTERS);
      // integ-tests adds a statement for each call.
      expect(new Set(statements.map((statement) => JSON.stringify(statement))).size, id).toBe(statements.length);
    }
  });
});

test('a role that starts a load test may pass its roles and tag its tasks', () => {
  const starting = SNAPSHOTS.flatMap((snapshot) => rolesOf(join(ROOT, 'integ', snapshot)))
    .map(({ statements }) => statements.flatMap(({ Action }) => Action))
    .filter((actions) => actions.includes('ecs:RunTask'));
  expect(starting.length).toBeGreaterThan(0);
  for (const actions of starting) expect(actions).toEqual(expect.arrayContaining(['iam:PassRole', 'ecs:TagResource']));
});

/** A policy as it is sent, in which every reference is an ARN. */
function charactersOf(statements: readonly Statement[]): number {
  const withoutReferences = JSON.stringify(statements, (_, value) => (isReference(value) ? 'r'.repeat(CHARACTERS_OF_REFERENCE) : value));
  return withoutReferences.length;
}

function isReference(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
}

function rolesOf(snapshot: string) {
  return readdirSync(snapshot)
    .filter((name) => name.endsWith('.template.json'))
    .flatMap((name) =>
      Object.entries((JSON.parse(readFileSync(join(snapshot, name), 'utf8')) as { Resources: Record<string, Resource> }).Resources),
    )
    .flatMap(([id, { Type, Properties }]) => {
      const statements = (Properties?.Policies ?? []).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
      return Type === 'AWS::IAM::Role' && statements.length > 0 ? [{ id, statements }] : [];
    });
}

import type { PropChange } from './prop-changes';

const HEAD = `---
aside: false
---

# What can be changed later

<!-- Written by \`npx vitest run test/updates -u\` from the rows of test/updates/prop-changes.ts, which a test compares with the templates before and after. -->

Each prop of a service that serves, and what a change of it does. [\`ecs-rehearsal lint --from --to\`](../lint.md#an-update) says the same of any two
templates, before you deploy.

* **in place**: the tasks and the load balancer stay.
* **new tasks one by one**: a deployment replaces the tasks; requests are served meanwhile.
* **replaced**: the service or the load balancer is replaced, and something changes for clients.
* **outage**: AWS accepts the update, and requests fail or nothing scales for a time; do it as the last column says.
* **rejected**: AWS rejects the update or a part of it, or deletes a part of it with what it replaces; do it as the last column says.

| prop | change | outcome | what changes for clients, or how to do it |
|---|---|---|---|
`;

/** The page of all changes, as Markdown. */
export function changesPage(changes: readonly PropChange[]): string {
  return HEAD + changes.map(rowOf).join('\n').concat('\n');
}

function rowOf({ prop, what, outcome, back = outcome, note = '' }: PropChange): string {
  const outcomes = back === outcome ? outcome : `${outcome}; back: ${back}`;
  return `| \`${prop}\` | ${what} | ${outcomes} | ${note} |`;
}

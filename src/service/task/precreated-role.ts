import type { Role } from 'aws-cdk-lib/aws-iam';

/** Whether `Role.customizeRoles` has replaced a role: the policies then belong to a role that is created elsewhere. */
export function isPrecreated(role: Role): boolean {
  return role.node.children.some(({ node }) => node.id.startsWith('PrecreatedRole'));
}

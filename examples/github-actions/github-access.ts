import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { OidcProviderNative, PolicyStatement, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

const ISSUER = 'token.actions.githubusercontent.com';

/** The roles of `cdk bootstrap` that `cdk deploy` takes; CloudFormation takes another one, which creates the resources. */
const BOOTSTRAP_ROLES = ['deploy-role', 'file-publishing-role', 'image-publishing-role', 'lookup-role'];

/** What may deploy. */
export interface GitHubAccessProps {
  /** The repository, such as `example/shop`. */
  readonly repository: string;

  /** The environments of the repository whose jobs may deploy. */
  readonly environments: readonly string[];

  /**
   * The qualifier of `cdk bootstrap`.
   *
   * @default hnb659fds
   */
  readonly qualifier?: string;
}

/**
 * The role that GitHub Actions takes by OpenID Connect, so that no key of AWS is kept in GitHub. It may do one thing: take the roles of
 * `cdk bootstrap` in this account and region. Jobs of other repositories get nothing, and those of pull requests neither, if
 * the deployment branches of the environments are limited to `main`.
 */
export class GitHubAccess extends Stack {
  public readonly role: Role;

  public constructor(scope: Construct, id: string, { repository, environments, qualifier = 'hnb659fds' }: GitHubAccessProps) {
    super(scope, id);
    const provider = new OidcProviderNative(this, 'Provider', { url: `https://${ISSUER}`, clientIds: ['sts.amazonaws.com'] });
    this.role = new Role(this, 'Role', {
      description: `Deploys ${repository} from GitHub Actions`,
      maxSessionDuration: Duration.hours(1),
      assumedBy: new WebIdentityPrincipal(provider.oidcProviderArn, {
        StringEquals: {
          [`${ISSUER}:aud`]: 'sts.amazonaws.com',
          [`${ISSUER}:sub`]: environments.map((environment) => `repo:${repository}:environment:${environment}`),
        },
      }),
    });
    this.role.addToPolicy(
      new PolicyStatement({
        actions: ['sts:AssumeRole'],
        resources: BOOTSTRAP_ROLES.map((name) =>
          this.formatArn({
            service: 'iam',
            region: '',
            resource: 'role',
            resourceName: `cdk-${qualifier}-${name}-${this.account}-${this.region}`,
          }),
        ),
      }),
    );
    new CfnOutput(this, 'RoleArn', { value: this.role.roleArn });
  }
}

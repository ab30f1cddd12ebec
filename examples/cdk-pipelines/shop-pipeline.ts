import { Stack, Stage } from 'aws-cdk-lib';
import { CodePipeline, CodePipelineSource, ManualApprovalStep, ShellStep, type StageDeployment } from 'aws-cdk-lib/pipelines';
import type { Construct } from 'constructs';
import { Shop } from './shop';

/** Where the code is. */
export interface ShopPipelineProps {
  /** The repository on GitHub, such as `example/shop`. */
  readonly repository: string;

  /** The connection of AWS to GitHub, which is created in the console. */
  readonly connectionArn: string;
}

/** A commit of main is forecast beside the one before it, deployed to staging and tried, and deployed to production after an approval. */
export class ShopPipeline extends Stack {
  public constructor(scope: Construct, id: string, { repository, connectionArn }: ShopPipelineProps) {
    super(scope, id);
    const input = CodePipelineSource.connection(repository, 'main', {
      connectionArn,
      // with its history: the gate compares with the commit before.
      codeBuildCloneOutput: true,
    });
    const pipeline = new CodePipeline(this, 'Pipeline', {
      synth: new ShellStep('Synth', {
        input,
        installCommands: ['npm ci'],
        commands: [
          'npm test',
          'npx ecs-rehearsal gate --base HEAD^ --app "npx tsx shop-app.ts" --scenario morning.json --expect-failures 0',
          'npx cdk synth',
        ],
      }),
    });
    this.addShop(pipeline, 'Staging');
    this.addShop(pipeline, 'Production').addPre(new ManualApprovalStep('Approve'));
  }

  private addShop(pipeline: CodePipeline, name: string): StageDeployment {
    const stage = new Stage(this, name);
    const { url } = new Shop(stage, 'Shop');
    return pipeline.addStage(stage, {
      post: [
        new ShellStep('Try', {
          envFromCfnOutputs: { URL: url },
          // a new load balancer is in DNS after a while; then a hundred requests, none of which may fail.
          commands: [
            'curl --fail --silent --show-error --output /dev/null --retry 30 --retry-delay 10 --retry-all-errors "$URL/health"',
            'for request in $(seq 100); do curl --fail --silent --show-error --output /dev/null "$URL/health" || exit 1; done',
          ],
        }),
      ],
    });
  }
}

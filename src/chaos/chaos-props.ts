import type { RemovalPolicy } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IChaosTarget } from '../service/test-targets';

/**
 * Properties of the chaos experiments of a service.
 */
export interface ChaosProps {
  /**
   * The service whose tasks are the targets of the experiments, and with `Capacity.instances()` its instances too; or `ScalableStatelessInstances`.
   */
  readonly target: IChaosTarget;

  /**
   * The stop conditions: an experiment is stopped when one of these alarms goes into ALARM, and cannot be started while one is. AWS FIS accepts at
   * most five.
   *
   * @default - the alarms of the target that its users notice: 5xx responses, slow responses, and no healthy task
   */
  readonly stopAlarms?: IAlarm[];

  /**
   * The image of the SSM Agent, which `stressCpu` and `addNetworkLatency` add to the tasks. It has `amazon-ssm-agent`, `bash`, `curl` and `dnf`.
   *
   * @default - `public.ecr.aws/amazon-ssm-agent/amazon-ssm-agent:latest`
   */
  readonly agentImage?: ContainerImage;

  /**
   * How long the logs of the experiments are kept.
   *
   * @default RetentionDays.ONE_MONTH
   */
  readonly logRetention?: RetentionDays;

  /**
   * The key that encrypts the logs of the experiments. Its policy must allow CloudWatch Logs to use it.
   *
   * @default - encrypted by CloudWatch Logs with a key of its own
   */
  readonly logEncryptionKey?: IKey;

  /**
   * What happens to the logs of the experiments when the stack is deleted.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly logRemovalPolicy?: RemovalPolicy;

  /**
   * Whether findings of rule packs that are unavoidable are acknowledged: each on its one resource, with the reason in the metadata of that
   * resource.
   *
   * @default true
   */
  readonly acknowledgeFindings?: boolean;
}

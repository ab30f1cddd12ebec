import { Stack } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnExperimentTemplate } from 'aws-cdk-lib/aws-fis';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { createLogGroup } from '../service/observability/log-group';
import type { IChaosTarget } from '../service/test-targets';
import { ChaosExperiment } from './chaos-experiment';
import type { ChaosProps } from './chaos-props';
import { serviceOf, validateTarget } from './chaos-target';
import { validateStopConditions } from './chaos-validation';
import { ExperimentRole } from './experiment-role';

/** The alarms that users notice. */
const NOTICED = ['ServerErrorsAlarm', 'SlowResponsesAlarm', 'NoHealthyTaskAlarm'];

/** The names of the targets in a template. */
const TARGETS = { Tasks: 'tasks', Instances: 'instances', SpotInstances: 'spotInstances' } as const;

/** The action of an experiment, and its targets. */
interface Fault {
  readonly actionId: string;

  /** What AWS FIS calls the targets of the action. */
  readonly targetName: 'Tasks' | 'Instances' | 'SpotInstances';
  readonly parameters?: Record<string, string>;
  readonly target: CfnExperimentTemplate.ExperimentTemplateTargetProperty;
}

/**
 * The role, the log and the stop conditions that all experiments share.
 *
 * @internal
 */
export abstract class ChaosBase extends Construct {
  /**
   * The role that AWS FIS assumes in an experiment.
   */
  public readonly role: Role;

  /**
   * The log group of the experiments.
   */
  public readonly logGroup: LogGroup;

  /** @internal */
  protected readonly _props: ChaosProps;
  /** @internal */
  protected readonly _permissions: ExperimentRole;
  private readonly stopConditions: CfnExperimentTemplate.ExperimentTemplateStopConditionProperty[];
  /** A scope of their own: their ids are given by the user. */
  private readonly experiments: Construct;

  protected constructor(scope: Construct, id: string, props: ChaosProps) {
    super(scope, id);
    validateTarget(this, props.target);
    this._props = props;
    this.experiments = new Construct(this, 'Experiments');
    const alarms = props.stopAlarms ?? noticedAlarmsOf(props.target);
    validateStopConditions(this, alarms.length);
    this.stopConditions = alarms.map(({ alarmArn }) => ({ source: 'aws:cloudwatch:alarm', value: alarmArn }));
    this.logGroup = createLogGroup(this, 'LogGroup', props);
    this._permissions = new ExperimentRole(this, serviceOf(props.target), props);
    this._permissions.allowLogs(this.logGroup);
    this.role = this._permissions.role;
  }

  /** @internal */
  protected _experiment(id: string, { actionId, parameters, targetName, target }: Fault): ChaosExperiment {
    const template = new CfnExperimentTemplate(this.experiments, id, {
      description: `${Stack.of(this).stackName}: ${id}`,
      roleArn: this.role.roleArn,
      actions: { fault: { actionId, parameters, targets: { [targetName]: TARGETS[targetName] } } },
      targets: { [TARGETS[targetName]]: target },
      stopConditions: this.stopConditions,
      logConfiguration: { logSchemaVersion: 2, cloudWatchLogsConfiguration: { LogGroupArn: this.logGroup.logGroupArn } },
      experimentOptions: { accountTargeting: 'single-account', emptyTargetResolutionMode: 'fail' },
      tags: { Name: `${this.node.path}/${id}` },
    });
    return ChaosExperiment._of(template);
  }
}

function noticedAlarmsOf({ alarms }: IChaosTarget): IAlarm[] {
  return alarms.filter(({ node }) => NOTICED.includes(node.id));
}

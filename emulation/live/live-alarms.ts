import type { AlarmRule, PeriodicAlarmRule } from '../../src/plan/alarm-rule';
import { isOfTargetTracking } from '../../src/plan/described/service-description';
import { type AlarmState, evaluateAlarm } from '../../src/scaling/alarm-evaluation';
import { AWS_BEHAVIOR } from '../../src/scaling/aws-behavior';
import { type Cancel, every } from '../../src/time/clock';
import { type AwsObject, number, text } from '../front/aws-call';
import { alarmValues } from './alarm-values';
import { CompositeAlarmRuleError, evaluateCompositeAlarmRule } from './composite-alarm-rule';
import type { LiveService } from './live-service';
import type { LiveServices } from './live-services';

/** The state of an alarm, and since when. */
export interface LiveAlarmState {
  readonly state: AlarmState;
  readonly reason: string;
  readonly since: Date;
  /** The rule of an alarm of a scaling policy: the control plane has another one for those of target tracking. */
  readonly rule?: PeriodicAlarmRule;
}

/**
 * The states of the alarms on live services. Those of scaling policies are read from where scaling evaluates them; all others are evaluated
 * here, once a minute.
 */
export class LiveAlarms {
  private readonly states = new Map<string, LiveAlarmState>();
  private readonly cancel: Cancel;

  public constructor(private readonly live: LiveServices) {
    const { clock } = live.parts;
    const { periodSeconds } = AWS_BEHAVIOR;
    this.cancel = every(clock, { firstAtSeconds: clock.nowSeconds + periodSeconds, periodSeconds }, () => this.evaluate());
  }

  public stop(): void {
    this.cancel();
  }

  /** The state of an alarm; undefined if it is on nothing that is live. */
  public stateOf(region: string, { AlarmName }: AwsObject): LiveAlarmState | undefined {
    this.readPolicyAlarms();
    this.evaluateComposites();
    return this.states.get(keyOf(region, String(AlarmName)));
  }

  /** `SetAlarmState`, until the next evaluation. */
  public setState(region: string, alarmName: string, state: AlarmState, reason: string): void {
    if (this.states.has(keyOf(region, alarmName))) this.record(region, alarmName, { state, reason });
  }

  private evaluate(): void {
    this.readPolicyAlarms();
    for (const { region, alarm } of this.live.describedAlarms) {
      if (alarm.AlarmRule === undefined && !this.isOfPolicy(region, alarm)) this.evaluateOne(region, alarm);
    }
    this.evaluateComposites();
  }

  /** Composite alarms follow the states of others at once. Each state is computed once, after those that it depends on. */
  private evaluateComposites(): void {
    const described = this.live.describedAlarms;
    const composites = described.filter(({ alarm }) => alarm.AlarmRule !== undefined);
    for (const { region, alarm } of composites) {
      const name = String(alarm.AlarmName);
      const before = this.states.get(keyOf(region, name))?.state ?? 'INSUFFICIENT_DATA';
      const state = this.compositeState(region, alarm, new Set());
      this.record(region, name, { state, reason: `${alarm.AlarmRule} is ${state === 'ALARM'}` });
      if (before !== state) for (const service of this.live.all) service.setAlarmState(name, state === 'ALARM');
    }
  }

  /** @param seen the alarms whose states are being computed: an alarm that depends on itself has no state of its own. */
  private compositeState(region: string, { AlarmName, AlarmRule }: AwsObject, seen: ReadonlySet<string>): AlarmState {
    const stateOf = (name: string): AlarmState | undefined => {
      if (seen.has(name)) return undefined;
      const other = this.live.describedAlarms.find((each) => each.region === region && each.alarm.AlarmName === name)?.alarm;
      if (other?.AlarmRule !== undefined) return this.compositeState(region, other, new Set([...seen, String(AlarmName)]));
      return this.states.get(keyOf(region, name))?.state ?? (text(other?.StateValue) as AlarmState | undefined);
    };
    try {
      return evaluateCompositeAlarmRule(String(AlarmRule), stateOf) ? 'ALARM' : 'OK';
    } catch (error) {
      if (error instanceof CompositeAlarmRuleError) return 'INSUFFICIENT_DATA';
      throw error;
    }
  }

  private evaluateOne(region: string, alarm: AwsObject): void {
    const name = String(alarm.AlarmName);
    const rule = ruleOf(alarm);
    const range = alarmValues(this.live, region, alarm, rule.evaluationPeriods + AWS_BEHAVIOR.extraEvaluationRangePeriods);
    if (range === undefined) return;
    const before = this.states.get(keyOf(region, name))?.state ?? 'INSUFFICIENT_DATA';
    const state = evaluateAlarm(rule, range, before);
    this.record(region, name, { state, reason: reasonOf(state, rule, range) });
    // ECS watches the alarms of a deployment that scaling does not evaluate.
    if (before !== state) for (const service of this.live.all) service.setAlarmState(name, state === 'ALARM');
  }

  /** Alarms of target tracking and of step scaling: they have the state that scaling acts on. */
  private readPolicyAlarms(): void {
    for (const service of this.live.all) {
      const names = this.namesInCloudWatch(service);
      for (const [name, evaluation] of service.scaling.alarms) {
        const value = evaluation.value();
        const datapoint =
          value === undefined ? '' : `: the newest datapoint is ${formatValue(value)}, the threshold ${evaluation.rule.threshold}`;
        const { currentState: state, rule } = evaluation;
        this.record(service.record.region, names.get(name) ?? name, { state, reason: `${reasonStart(state)}${datapoint}`, rule });
      }
    }
  }

  private isOfPolicy(region: string, alarm: AwsObject): boolean {
    const { AlarmName } = alarm;
    return (
      isOfTargetTracking(String(AlarmName)) ||
      this.live.all.some(({ record, scaling }) => record.region === region && scaling.alarms.has(String(AlarmName)))
    );
  }

  /** The alarms of target tracking have a part in their names that makes them unique. */
  private namesInCloudWatch(service: LiveService): ReadonlyMap<string, string> {
    const names = [...this.live.alarmNamesOf(service)].flatMap(([policyName, alarmNames]) =>
      alarmNames.map(
        (alarmName) => [`TargetTracking-${policyName}-Alarm${alarmName.includes('AlarmHigh') ? 'High' : 'Low'}`, alarmName] as const,
      ),
    );
    return new Map(names);
  }

  private record(region: string, name: string, now: Omit<LiveAlarmState, 'since'>): void {
    const key = keyOf(region, name);
    const before = this.states.get(key);
    const isSame = before?.state === now.state;
    this.states.set(key, { ...now, since: isSame ? before.since : new Date() });
    if (!isSame && before !== undefined) this.live.parts.onLine(`alarm ${name}: ${now.state}`);
  }
}

function keyOf(region: string, alarmName: string): string {
  return `${region} ${alarmName}`;
}

function ruleOf(alarm: AwsObject): AlarmRule {
  const evaluationPeriods = number(alarm.EvaluationPeriods) ?? 1;
  return {
    comparisonOperator: String(alarm.ComparisonOperator) as AlarmRule['comparisonOperator'],
    threshold: number(alarm.Threshold) ?? 0,
    evaluationPeriods,
    datapointsToAlarm: number(alarm.DatapointsToAlarm) ?? evaluationPeriods,
    treatMissingData: (text(alarm.TreatMissingData) ?? 'missing') as AlarmRule['treatMissingData'],
  };
}

function reasonOf(state: AlarmState, { threshold }: AlarmRule, range: readonly (number | undefined)[]): string {
  const newest = [...range].reverse().find((value) => value !== undefined);
  const datapoint = newest === undefined ? '' : `: the newest datapoint is ${formatValue(newest)}, the threshold ${threshold}`;
  return `${reasonStart(state)}${datapoint}`;
}

function reasonStart(state: AlarmState): string {
  return { ALARM: 'Threshold Crossed', OK: 'Threshold not crossed', INSUFFICIENT_DATA: 'Insufficient Data' }[state];
}

function formatValue(value: number): string {
  return String(Number(value.toPrecision(6)));
}

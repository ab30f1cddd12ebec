import { CfnScalingPolicy, type ScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { ScalingPolicy } from '../../plan/policy';

/**
 * What becomes of a forecast that AWS makes of the load.
 */
export enum PredictiveScaling {
  /**
   * None is made.
   */
  OFF = 'OFF',

  /**
   * It can be looked at, and changes nothing: a way to find out how good it is.
   */
  FORECAST_ONLY = 'ForecastOnly',

  /**
   * It raises the minimum ahead of the load.
   */
  FORECAST_AND_SCALE = 'ForecastAndScale',
}

/** Has AWS forecast the CPU that the service will need, and with it the tasks. */
export function predict(target: ScalableTarget, { targetTracking }: ScalingPolicy, mode: PredictiveScaling | undefined): void {
  const cpu = targetTracking.find(({ name }) => name === 'Cpu');
  if (cpu === undefined || mode === undefined || mode === PredictiveScaling.OFF) return;
  new CfnScalingPolicy(target, 'Predictive', {
    policyName: 'Predictive',
    policyType: 'PredictiveScaling',
    scalingTargetId: target.scalableTargetId,
    predictiveScalingPolicyConfiguration: {
      mode,
      metricSpecifications: [
        {
          targetValue: cpu.targetValue,
          predefinedMetricPairSpecification: { predefinedMetricType: 'ECSServiceCPUUtilization' },
        },
      ],
    },
  });
}

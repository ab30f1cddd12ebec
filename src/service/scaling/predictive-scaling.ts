import { CfnScalingPolicy, type ScalableTarget } from 'aws-cdk-lib/aws-applicationautoscaling';
import type { ScalingPolicy } from '../../plan/policy';

/**
 * The mode of a predictive scaling policy.
 */
export enum PredictiveScaling {
  /**
   * No predictive scaling policy.
   */
  OFF = 'OFF',

  /**
   * AWS forecasts the load and does not scale, so that the forecast can be evaluated first.
   */
  FORECAST_ONLY = 'ForecastOnly',

  /**
   * AWS forecasts the load and raises the minimum capacity before it comes.
   */
  FORECAST_AND_SCALE = 'ForecastAndScale',
}

/** Adds a predictive scaling policy on CPU. */
export function addPredictiveScaling(target: ScalableTarget, { targetTracking }: ScalingPolicy, mode: PredictiveScaling | undefined): void {
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

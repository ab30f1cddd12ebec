import { TargetGroupLoadBalancingAlgorithmType } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { nameMistakes } from '../load-balancer/name-mistakes';
import { secondsOf } from '../seconds';
import { wholeNumberMistakes } from '../whole-number';
import type { TargetGroupProps } from './target-group-props';

const { ROUND_ROBIN, WEIGHTED_RANDOM } = TargetGroupLoadBalancingAlgorithmType;
const SECONDS_PER_WEEK = 604_800;

/**
 * Returns one sentence for each rule of a target group that the props break.
 *
 * The ranges are those of https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
 */
export function targetGroupMistakes(props: TargetGroupProps): string[] {
  return [
    ...wholeNumberMistakes('deregistrationDelay', secondsOf(props.deregistrationDelay), 0, 3600, 'seconds'),
    ...wholeNumberMistakes('slowStart', secondsOf(props.slowStart), 30, 900, 'seconds'),
    ...wholeNumberMistakes('stickiness', secondsOf(props.stickiness), 1, SECONDS_PER_WEEK, 'seconds'),
    ...routingMistakes(props),
    ...nameMistakes('targetGroupName', props.targetGroupName),
  ];
}

function routingMistakes({ routingAlgorithm = ROUND_ROBIN, slowStart, anomalyMitigation }: TargetGroupProps): string[] {
  return [
    ...(slowStart !== undefined && routingAlgorithm !== ROUND_ROBIN
      ? [`routingAlgorithm must be ${ROUND_ROBIN} beside slowStart, got ${routingAlgorithm}`]
      : []),
    ...(anomalyMitigation === true && routingAlgorithm !== WEIGHTED_RANDOM
      ? [`routingAlgorithm must be ${WEIGHTED_RANDOM} beside anomalyMitigation, got ${routingAlgorithm}`]
      : []),
  ];
}

import { TARGET_GROUP } from '../template/load-balancing';
import { numberOf, textOf } from '../template/values';
import { type Check, problem } from './check';

const RANGES = {
  HealthCheckIntervalSeconds: [5, 300],
  HealthCheckTimeoutSeconds: [2, 120],
  HealthyThresholdCount: [2, 10],
  UnhealthyThresholdCount: [2, 10],
} as const;

/** The ranges of https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
export const healthCheckRange: Check = {
  id: 'health-check-range',
  severity: 'error',
  finds: 'a health check whose interval, timeout, threshold or path is out of range',
  consequence: 'Elastic Load Balancing rejects the target group',
  find: (template) =>
    template.ofType(TARGET_GROUP).flatMap((group) => {
      const outside = Object.entries(RANGES).flatMap(([property, [min, max]]) => {
        const value = numberOf(group.properties[property]);
        if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return [];
        return [problem(group, property, `${property} is ${value}`, `write a whole number from ${min} to ${max}`)];
      });
      const path = textOf(group.properties['HealthCheckPath']);
      const isPath = path === undefined || /^\/[\x21-\x7e]{0,1023}$/.test(path) || textOf(group.properties['ProtocolVersion']) === 'GRPC';
      if (isPath) return outside;
      return [...outside, problem(group, 'HealthCheckPath', `HealthCheckPath is '${path}'`, "write a path that begins with '/'")];
    }),
};

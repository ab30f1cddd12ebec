export { ScalableStatelessService } from './scalable-stateless-service';
export type { ScalableStatelessServiceProps } from './scalable-stateless-service-props';
export type { HealthCheckOptions } from './service/health-check-options';

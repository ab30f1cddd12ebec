import { Duration, Token } from 'aws-cdk-lib';
import { DEFAULTS } from '../../plan/default-plan';
import { KEEP_ALIVE_MARGIN_SECONDS } from '../../servers/keep-alive-margin';
import { secondsOf } from '../prop-rules';
import type { ScalableStatelessServiceProps } from '../scalable-stateless-service-props';

/** The idle timeout of the load balancer is also the longest time to a response: it is not lowered below this for a server. */
const MIN_IDLE_TIMEOUT_SECONDS = 20;

/** A task on AWS may start more slowly than the one that was measured. */
const TIMES_START_UP = 6;

/** The props with what the profile of the server sets, where they set nothing themselves. */
export function withServerProfile(props: ScalableStatelessServiceProps): ScalableStatelessServiceProps {
  if (props.serverProfile === undefined) return props;
  return { ...props, ...idleTimeoutOf(props), ...environmentOf(props), ...gracePeriodOf(props) };
}

/** Below the keep-alive timeout of a server that cannot be raised by a variable, if that leaves time enough for a response. */
function idleTimeoutOf({
  serverProfile,
  idleTimeout,
  loadBalancer,
  listener,
}: ScalableStatelessServiceProps): Pick<ScalableStatelessServiceProps, 'idleTimeout'> {
  const isOwn = loadBalancer === undefined && listener === undefined;
  const keepAliveSeconds = serverProfile!._keepAliveSeconds;
  if (idleTimeout !== undefined || !isOwn || keepAliveSeconds === undefined || isSetByVariable(serverProfile!)) return {};
  const seconds = Math.floor(keepAliveSeconds - KEEP_ALIVE_MARGIN_SECONDS);
  return seconds >= MIN_IDLE_TIMEOUT_SECONDS && seconds < DEFAULTS.idleTimeoutSeconds ? { idleTimeout: Duration.seconds(seconds) } : {};
}

/** Whether the construct sets the keep-alive timeout by an environment variable. */
export function isSetByVariable({ _server, _givenSeconds }: NonNullable<ScalableStatelessServiceProps['serverProfile']>): boolean {
  return _server.keepAliveVariable !== undefined && _givenSeconds === undefined;
}

function environmentOf({
  serverProfile,
  environment,
  secrets,
  idleTimeout,
  taskDefinition,
}: ScalableStatelessServiceProps): Pick<ScalableStatelessServiceProps, 'environment'> {
  const variable = serverProfile!._server.keepAliveVariable;
  const idleSeconds = secondsOf(idleTimeout) ?? DEFAULTS.idleTimeoutSeconds;
  const isUnknown = variable === undefined || Token.isUnresolved(idleSeconds) || taskDefinition !== undefined;
  if (isUnknown || !isSetByVariable(serverProfile!) || secrets?.[variable.name] !== undefined) return {};
  const value = variable.valueOf65Seconds.replace('65', String(idleSeconds + KEEP_ALIVE_MARGIN_SECONDS));
  return { environment: { [variable.name]: value, ...environment } };
}

function gracePeriodOf({
  serverProfile,
  healthCheckGracePeriod,
}: ScalableStatelessServiceProps): Pick<ScalableStatelessServiceProps, 'healthCheckGracePeriod'> {
  const { startUpSeconds } = serverProfile!._server;
  const isSlow = startUpSeconds !== undefined && TIMES_START_UP * startUpSeconds > DEFAULTS.healthCheckGracePeriodSeconds;
  return healthCheckGracePeriod === undefined && isSlow
    ? { healthCheckGracePeriod: Duration.seconds(TIMES_START_UP * startUpSeconds) }
    : {};
}

import { Token } from 'aws-cdk-lib';
import type { ContainerDefinition } from 'aws-cdk-lib/aws-ecs';
import { DEFAULTS } from '../../plan/default-plan';
import { MIN_KEEP_ALIVE_MARGIN_SECONDS } from '../../servers/keep-alive-margin';
import { idleSecondsOf, type KnownServer } from '../../servers/known-server';
import { recognizeServer } from '../../servers/known-servers';
import { secondsOf } from '../prop-rules';
import type { ScalableStatelessServiceProps } from '../scalable-stateless-service-props';
import type { ConfigWarning } from '../warnings';
import { dockerfileTextOf } from './image-platform';
import { isSetByVariable } from './server-defaults';

/** What is known of a container at synthesis: its command, its Dockerfile, and its image. */
interface ContainerWords {
  readonly command: string;
  readonly dockerfile?: string;
  readonly image?: string;
}

/** The warnings about the server in the container: of the profile, or else of the server that its command or its image names. */
export function serverWarnings(container: ContainerDefinition | undefined, props: ScalableStatelessServiceProps): ConfigWarning[] {
  if (container === undefined) return [];
  const words = wordsOf(container, props);
  const idleSeconds = secondsOf(props.idleTimeout) ?? DEFAULTS.idleTimeoutSeconds;
  const server = props.serverProfile?._server ?? recognizeServer(words)?.server;
  if (server === undefined) return [];
  return [
    ...(Token.isUnresolved(idleSeconds) ? [] : keepAliveWarnings(server, words, idleSeconds, props)),
    ...stopSignalWarnings(server, words),
  ];
}

function keepAliveWarnings(
  server: KnownServer,
  words: ContainerWords,
  idleSeconds: number,
  props: ScalableStatelessServiceProps,
): ConfigWarning[] {
  const { serverProfile, environment = {}, secrets = {} } = props;
  const keepAliveSeconds = serverProfile === undefined ? defaultSecondsOf(server) : serverProfile._keepAliveSeconds;
  // 0 is a server that closes each connection, which causes no race.
  if (!keepAliveSeconds || keepAliveSeconds >= idleSeconds + MIN_KEEP_ALIVE_MARGIN_SECONDS) return [];
  const variable = server.keepAliveVariable?.name;
  const isSet = variable !== undefined && (environment[variable] !== undefined || secrets[variable] !== undefined);
  if (isSet || (serverProfile !== undefined && isSetByVariable(serverProfile))) return [];
  // without a profile, only what a command sets can be seen.
  if (serverProfile === undefined && (server.isSetByCommand !== true || hasSetting(server, words))) return [];
  const advice = server.keepAlive === undefined ? 'lower idleTimeout' : `set ${server.keepAlive}, or lower idleTimeout`;
  return [
    {
      id: 'keepAlive',
      text: `${server.name} closes idle connections after ${keepAliveSeconds} s, and the load balancer after ${idleSeconds} s: a request that arrives while the server closes gets HTTP 502. ${advice}; then pass the value, serverProfile: ServerProfile.of('${server.name}', { keepAliveTimeout })`,
    },
  ];
}

function defaultSecondsOf({ measurements }: KnownServer): number | undefined {
  const [first] = measurements;
  return first && idleSecondsOf(first);
}

function hasSetting({ keepAliveWords }: KnownServer, { command, dockerfile = '' }: ContainerWords): boolean {
  return keepAliveWords?.test(`${command}\n${dockerfile}`) === true;
}

/** The stop signal is a part of the image: ECS has no setting for it. */
function stopSignalWarnings({ name, stopSignal }: KnownServer, { dockerfile }: ContainerWords): ConfigWarning[] {
  // an image that another one is built from may set it.
  const isSeen =
    dockerfile !== undefined && !/^STOPSIGNAL\s/im.test(dockerfile) && !/^FROM\s+(?:\S*\/)?(?:nginx|httpd|haproxy)\b/im.test(dockerfile);
  if (stopSignal === undefined || !isSeen) return [];
  return [
    {
      id: 'stopSignal',
      text: `${name} loses the requests under way at SIGTERM, and completes them at ${stopSignal}: end the Dockerfile with STOPSIGNAL ${stopSignal}`,
    },
  ];
}

function wordsOf(container: ContainerDefinition, { command = [], entryPoint = [] }: ScalableStatelessServiceProps): ContainerWords {
  const dockerfile = dockerfileTextOf(container);
  const own = [...entryPoint, ...command].filter((word) => !Token.isUnresolved(word));
  const inDockerfile = [...(dockerfile ?? '').matchAll(/^(?:ENTRYPOINT|CMD)\s+(.*)$/gim)].map(([, text]) =>
    text!.replace(/[[\]",]+/g, ' '),
  );
  const image = Token.isUnresolved(container.imageName) ? undefined : container.imageName;
  return { command: (own.length > 0 ? own : inDockerfile).join(' '), dockerfile, image };
}

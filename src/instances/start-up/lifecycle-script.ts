import { quoted } from './shell';
import { type LocalHealthCheck, SETTINGS_FOLDER, type TaskSettings } from './task-settings';

/** The path of the script that follows the lifecycle of the instance. */
export const LIFECYCLE_SCRIPT = '/usr/local/bin/follow-lifecycle';

/**
 * The script that follows the lifecycle of the instance: it is in service once it serves, and ends once it is drained.
 *
 * An instance reads the state that it moves to from its metadata
 * (https://docs.aws.amazon.com/autoscaling/ec2/userguide/retrieving-target-lifecycle-state-through-imds.html), and completes the lifecycle hook that
 * holds it there. Instances of a warm pool pass through it each time that they are started.
 */
export function lifecycleScript(settings: TaskSettings): string[] {
  const { region, healthCheck, launchHook, terminationHook } = settings;
  return [
    '#!/bin/bash',
    '# Completes the lifecycle hooks of this instance: after it serves requests, and after it is drained.',
    'set -uo pipefail',
    `. ${SETTINGS_FOLDER}/instance`,
    `export AWS_DEFAULT_REGION=${region}`,
    'reached=none',
    ...metadataFunction(),
    ...completeFunction(),
    ...shellFunction('serves', ...healthCheckLines(healthCheck)),
    ...drainFunction(settings),
    ...signalFunction(settings),
    ...shellFunction(
      'follow',
      'case $target in',
      `  Terminated | Warmed:Terminated) drain && complete ${terminationHook} ;;`,
      `  InService) serves && complete ${launchHook} && signal ;;`,
      `  Warmed:*) serves && complete ${launchHook} ;;`,
      'esac',
    ),
    'while sleep "$POLL_SECONDS"; do',
    '  target=$(metadata autoscaling/target-lifecycle-state) || continue',
    '  [[ $target == "$reached" ]] && continue',
    '  follow && reached=$target',
    'done',
  ];
}

function shellFunction(name: string, ...lines: readonly string[]): string[] {
  return [`${name}() {`, ...lines.map((line) => `  ${line}`), '}'];
}

function metadataFunction(): string[] {
  return shellFunction(
    'metadata',
    'local token',
    'token=$(curl --silent --fail --max-time 2 --request PUT --header "X-aws-ec2-metadata-token-ttl-seconds: 60" "$METADATA/api/token") || return 1',
    'curl --silent --fail --max-time 2 --header "X-aws-ec2-metadata-token: $token" "$METADATA/meta-data/$1"',
  );
}

/** Completes a hook where the instance waits for it; fails where it has yet to wait. */
function completeFunction(): string[] {
  return shellFunction(
    'complete',
    'local group state',
    'read -r group state < <(aws autoscaling describe-auto-scaling-instances --instance-ids "$INSTANCE_ID" \\',
    '  --query "AutoScalingInstances[0].[AutoScalingGroupName,LifecycleState]" --output text) || return 1',
    '[[ $state == "$target" ]] && return 0',
    '[[ $state == *:Wait ]] || return 1',
    'aws autoscaling complete-lifecycle-action --auto-scaling-group-name "$group" --instance-id "$INSTANCE_ID" \\',
    '  --lifecycle-hook-name "$1" --lifecycle-action-result CONTINUE',
  );
}

/** The load balancer sends no new requests; those in progress end before the task does. */
function drainFunction({ deregistrationDelaySeconds }: TaskSettings): string[] {
  return shellFunction(
    'drain',
    'if systemctl --quiet is-active task; then',
    `  sleep ${deregistrationDelaySeconds}`,
    '  systemctl stop task',
    'fi',
  );
}

/** CloudFormation waits for the first instances of a group; a later signal has no effect. */
function signalFunction({ stackName, groupId, region }: TaskSettings): string[] {
  return shellFunction(
    'signal',
    '[[ -e /run/signalled ]] && return 0',
    'touch /run/signalled',
    `/opt/aws/bin/cfn-signal --success true --stack ${quoted(stackName)} --resource ${groupId} --region ${region} || true`,
  );
}

/** Commands that succeed when the task on this instance passes the health check of the load balancer. */
function healthCheckLines({ scheme, port, path, healthyCodes, timeoutSeconds }: LocalHealthCheck): string[] {
  // the command line has no client for gRPC.
  if (scheme === 'tcp') return [`timeout ${timeoutSeconds} bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port}'`];
  const options = ['--silent', '--output /dev/null', `--max-time ${timeoutSeconds}`, ...(scheme === 'https' ? ['--insecure'] : [])];
  return [
    'local code first last',
    `code=$(curl ${options.join(' ')} --write-out '%{http_code}' ${quoted(`${scheme}://127.0.0.1:${port}${path}`)}) || return 1`,
    'while IFS=- read -r first last; do',
    '  ((code >= first && code <= (last ? last : first))) && return 0',
    `done < <(tr , '\\n' <<< ${quoted(healthyCodes)})`,
    'return 1',
  ];
}

import { LIFECYCLE_SCRIPT, lifecycleScript } from './lifecycle-script';
import { PROGRAM_LOG, RUN_SCRIPT, runScript } from './run-script';
import { quoted, writeFile } from './shell';
import { type ContainerOfInstance, SETTINGS_FOLDER, type TaskSettings } from './task-settings';
import { lifecycleUnit, taskUnit } from './units';

/** The address of the instance metadata. */
const METADATA = 'http://169.254.169.254/latest';

/** How often an instance asks for its state. */
const POLL_SECONDS = 2;

/**
 * The user data of an instance: it runs once, as root, when the instance starts for the first time.
 *
 * It writes two systemd units, one that runs the task and one that follows the lifecycle of the instance, so that both also start with the instances of a
 * warm pool, which run no user data then. Where a command fails, CloudFormation and the group know at once, and the log group has the output.
 */
export function userDataLines(settings: TaskSettings): string[] {
  const { runs } = settings;
  return [
    'set -euo pipefail',
    `METADATA=${METADATA}`,
    'TOKEN=$(curl --silent --fail --retry 5 --request PUT --header "X-aws-ec2-metadata-token-ttl-seconds: 300" "$METADATA/api/token")',
    'INSTANCE_ID=$(curl --silent --fail --retry 5 --header "X-aws-ec2-metadata-token: $TOKEN" "$METADATA/meta-data/instance-id")',
    `export AWS_DEFAULT_REGION=${settings.region}`,
    ...failureLines(settings),
    `mkdir -p ${SETTINGS_FOLDER}`,
    `printf 'METADATA=%s\\nINSTANCE_ID=%s\\nPOLL_SECONDS=%s\\n' "$METADATA" "$INSTANCE_ID" ${POLL_SECONDS} > ${SETTINGS_FOLDER}/instance`,
    ...(runs.kind === 'container' ? writeFile(`${SETTINGS_FOLDER}/environment`, environmentLines(settings)) : []),
    ...writeFile(RUN_SCRIPT, runScript(settings), '0755'),
    ...writeFile(LIFECYCLE_SCRIPT, lifecycleScript(settings), '0755'),
    ...writeFile('/etc/systemd/system/task.service', taskUnit(settings)),
    ...writeFile('/etc/systemd/system/follow-lifecycle.service', lifecycleUnit()),
    ...settings.setUpCommands,
    ...(runs.kind === 'container' ? pullLines(runs) : agentLines(settings)),
    'systemctl daemon-reload',
    'systemctl enable --now task follow-lifecycle',
  ];
}

/** Reports where the start fails, with the end of the output. */
function failureLines({ stackName, groupId, region, logGroupName, launchHook }: TaskSettings): string[] {
  return [
    'failed() {',
    '  local group events',
    '  set +e',
    `  aws logs create-log-stream --log-group-name ${quoted(logGroupName)} --log-stream-name "start/$INSTANCE_ID"`,
    `  events=$(tail --bytes=8000 /var/log/cloud-init-output.log | python3 -c 'import json, sys, time; print(json.dumps([{"timestamp": int(time.time() * 1000), "message": sys.stdin.read() or "no output"}]))')`,
    `  aws logs put-log-events --log-group-name ${quoted(logGroupName)} --log-stream-name "start/$INSTANCE_ID" --log-events "$events"`,
    `  /opt/aws/bin/cfn-signal --success false --reason "the start of $INSTANCE_ID failed" --stack ${quoted(stackName)} --resource ${groupId} --region ${region}`,
    '  group=$(aws autoscaling describe-auto-scaling-instances --instance-ids "$INSTANCE_ID" --query "AutoScalingInstances[0].AutoScalingGroupName" --output text)',
    '  aws autoscaling complete-lifecycle-action --auto-scaling-group-name "$group" --instance-id "$INSTANCE_ID" \\',
    `    --lifecycle-hook-name ${launchHook} --lifecycle-action-result ABANDON`,
    '}',
    "trap '[[ $? == 0 ]] || failed' EXIT",
  ];
}

function environmentLines({ environment }: TaskSettings): string[] {
  return Object.entries(environment).map(([name, value]) => `${name}=${value}`);
}

/** Installs Docker where the image of the machine has none, and pulls the image of the container. */
function pullLines({ image }: ContainerOfInstance): string[] {
  return [
    'command -v docker >/dev/null || dnf install --assumeyes --quiet docker',
    'systemctl enable --now docker',
    `IMAGE=${quoted(image)}`,
    'REGISTRY=$(cut -d / -f 1 <<< "$IMAGE")',
    'if [[ $REGISTRY == *.dkr.ecr.* ]]; then',
    '  REGISTRY_REGION=$(cut -d . -f 4 <<< "$REGISTRY")',
    '  aws ecr get-login-password --region "$REGISTRY_REGION" | docker login --username AWS --password-stdin "$REGISTRY"',
    'fi',
    'for attempt in 1 2 3; do',
    '  docker pull --quiet "$IMAGE" && break',
    '  [[ $attempt != 3 ]]',
    '  sleep 5',
    'done',
  ];
}

/** Installs the CloudWatch agent, which sends the output of a program. */
function agentLines({ logGroupName }: TaskSettings): string[] {
  const file = { file_path: PROGRAM_LOG, log_group_name: logGroupName, log_stream_name: 'task/{instance_id}' };
  const configuration = { logs: { logs_collected: { files: { collect_list: [file] } } } };
  return [
    'command -v amazon-cloudwatch-agent-ctl >/dev/null || dnf install --assumeyes --quiet amazon-cloudwatch-agent',
    ...writeFile(`${SETTINGS_FOLDER}/agent.json`, [JSON.stringify(configuration)]),
    ...writeFile('/etc/logrotate.d/task', [`${PROGRAM_LOG} {`, '  size 50M', '  rotate 1', '  copytruncate', '  missingok', '}']),
    `amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:${SETTINGS_FOLDER}/agent.json`,
  ];
}

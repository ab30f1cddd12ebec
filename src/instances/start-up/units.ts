import { LIFECYCLE_SCRIPT } from './lifecycle-script';
import { PROGRAM_LOG, RUN_SCRIPT } from './run-script';
import type { TaskSettings } from './task-settings';

/** After the time that the task has to end: systemd would end it as well. */
const STOP_MARGIN_SECONDS = 10;

/** The systemd unit of the task: it is started again whenever it ends. */
export function taskUnit({ runs, stopTimeoutSeconds }: TaskSettings): string[] {
  const isContainer = runs.kind === 'container';
  return [
    '[Unit]',
    'Description=Task that serves the requests',
    'Wants=network-online.target',
    `After=network-online.target${isContainer ? ' docker.service' : ''}`,
    ...(isContainer ? ['Requires=docker.service'] : []),
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    `ExecStart=${RUN_SCRIPT}`,
    ...(isContainer
      ? [`ExecStop=/usr/bin/docker stop --time ${stopTimeoutSeconds} task`]
      : [
          runs.user === undefined ? 'DynamicUser=true' : `User=${runs.user}`,
          'NoNewPrivileges=true',
          `StandardOutput=append:${PROGRAM_LOG}`,
          `StandardError=append:${PROGRAM_LOG}`,
        ]),
    'Restart=always',
    'RestartSec=1',
    `TimeoutStopSec=${stopTimeoutSeconds + (isContainer ? STOP_MARGIN_SECONDS : 0)}`,
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ];
}

/** The systemd unit that follows the lifecycle of the instance in its group. */
export function lifecycleUnit(): string[] {
  return [
    '[Unit]',
    'Description=Lifecycle of this instance in its Auto Scaling group',
    'Wants=network-online.target',
    'After=network-online.target',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    `ExecStart=${LIFECYCLE_SCRIPT}`,
    'Restart=always',
    'RestartSec=1',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ];
}

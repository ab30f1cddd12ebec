import { expect, test } from 'vitest';
import { parseImageSettings } from '../../../../rehearsal/task-runtime/container/image-settings';

const TEST = { Test: ['CMD-SHELL', 'curl -f localhost'] };

test.each<[string, object, ReturnType<typeof parseImageSettings>]>([
  ['nothing', { Config: { ExposedPorts: null } }, { exposedPorts: [], hasHealthCheck: false }],
  [
    'ports, those of TCP',
    { Config: { ExposedPorts: { '80/tcp': {}, '53/udp': {}, '443/tcp': {} } } },
    { exposedPorts: [80, 443], hasHealthCheck: false },
  ],
  ['a health check, as Docker prints it', { Config: { Healthcheck: TEST } }, { exposedPorts: [], hasHealthCheck: true }],
  ['a health check, as Podman prints it', { Config: {}, HealthCheck: TEST }, { exposedPorts: [], hasHealthCheck: true }],
  ['a disabled health check', { Config: { Healthcheck: { Test: ['NONE'] } } }, { exposedPorts: [], hasHealthCheck: false }],
])('reads %s', (_, image, settings) => {
  expect(parseImageSettings(JSON.stringify(image))).toEqual(settings);
});

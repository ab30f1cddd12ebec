import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { expect, onTestFinished, test } from 'vitest';
import { ScalableStatelessService, type ScalableStatelessServiceProps, ServerProfile } from '../../../src';

const IMAGE = ContainerImage.fromRegistry('public.ecr.aws/example/shop');

function stackWith(props: ScalableStatelessServiceProps): Stack {
  const stack = new Stack(new App(), 'Stack');
  new ScalableStatelessService(stack, 'Shop', { image: IMAGE, ...props });
  return stack;
}

function warningsOf(stack: Stack, id: string): string[] {
  const found = Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp(`\\[ack: cdk-scalable-stateless-service:${id}\\]`));
  return found.map(({ entry }) => String(entry.data));
}

function environmentOf(stack: Stack): Record<string, string> {
  const [definition] = Object.values(Template.fromStack(stack).findResources('AWS::ECS::TaskDefinition'));
  const [container] = definition!['Properties'].ContainerDefinitions;
  return Object.fromEntries((container.Environment ?? []).map(({ Name, Value }: { Name: string; Value: string }) => [Name, Value]));
}

function idleTimeoutOf(stack: Stack): string {
  const [balancer] = Object.values(Template.fromStack(stack).findResources('AWS::ElasticLoadBalancingV2::LoadBalancer'));
  const attributes: { Key: string; Value: string }[] = balancer!['Properties'].LoadBalancerAttributes;
  return attributes.find(({ Key }) => Key === 'idle_timeout.timeout_seconds')!.Value;
}

test.each([
  ['uvicorn', ServerProfile.uvicorn(), 'UVICORN_TIMEOUT_KEEP_ALIVE', '65'],
  ['gunicorn', ServerProfile.gunicorn(), 'GUNICORN_CMD_ARGS', '-k gthread --threads 4 --keep-alive 65'],
  ['Spring Boot on Tomcat', ServerProfile.springBootTomcat(), 'SERVER_TOMCAT_KEEPALIVETIMEOUT', '65s'],
  ['Spring Boot on Jetty', ServerProfile.springBootJetty(), 'SERVER_JETTY_CONNECTIONIDLETIMEOUT', '65s'],
  ['Spring Boot on Undertow', ServerProfile.springBootUndertow(), 'SERVER_UNDERTOW_NOREQUESTTIMEOUT', '65s'],
])('the keep-alive timeout of %s is set by its variable, above the idle timeout', (name, serverProfile, variable, value) => {
  const stack = stackWith({ serverProfile });
  expect(serverProfile.name).toBe(name);
  expect(environmentOf(stack)).toMatchObject({ [variable]: value });
  expect(idleTimeoutOf(stack)).toBe('60');
  expect(warningsOf(stack, 'keepAlive')).toEqual([]);
});

test('the variable follows the idle timeout, and a variable of yours takes precedence', () => {
  const serverProfile = ServerProfile.uvicorn();
  expect(environmentOf(stackWith({ serverProfile, idleTimeout: Duration.seconds(120) }))).toMatchObject({
    UVICORN_TIMEOUT_KEEP_ALIVE: '125',
  });
  const own = { UVICORN_TIMEOUT_KEEP_ALIVE: '75' };
  expect(environmentOf(stackWith({ serverProfile, environment: own }))).toMatchObject(own);
});

test('a server that cannot keep connections for longer gets a load balancer with a shorter idle timeout', () => {
  expect(idleTimeoutOf(stackWith({ serverProfile: ServerProfile.of('daphne') }))).toBe('55');
  const stack = stackWith({ serverProfile: ServerProfile.of('granian', { keepAliveTimeout: Duration.seconds(60) }) });
  expect(idleTimeoutOf(stack)).toBe('55');
  expect(warningsOf(stack, 'keepAlive')).toEqual([]);
});

test('an idle timeout is not lowered to a few seconds: a warning says what to set in the program', () => {
  const stack = stackWith({ serverProfile: ServerProfile.nodeJs() });
  expect(idleTimeoutOf(stack)).toBe('60');
  expect(warningsOf(stack, 'keepAlive')).toEqual([
    expect.stringMatching(
      /^Node\.js closes idle connections after 6 s, and the load balancer after 60 s: .* set server\.keepAliveTimeout = 65_000/,
    ),
  ]);
  const set = stackWith({ serverProfile: ServerProfile.nodeJs({ keepAliveTimeout: Duration.seconds(65) }) });
  expect(warningsOf(set, 'keepAlive')).toEqual([]);
});

test('a server that starts slowly gets a longer grace period, unless you set one', () => {
  const serverProfile = ServerProfile.springBootTomcat();
  const graceOf = (stack: Stack): number =>
    Object.values(Template.fromStack(stack).findResources('AWS::ECS::Service'))[0]!['Properties'].HealthCheckGracePeriodSeconds;
  expect(graceOf(stackWith({ serverProfile }))).toBe(108);
  expect(graceOf(stackWith({ serverProfile, healthCheckGracePeriod: Duration.seconds(30) }))).toBe(30);
});

test.each<[string[], RegExp | undefined]>([
  [['uvicorn', 'app:app', '--host', '0.0.0.0'], /^uvicorn closes idle connections after 5 s/],
  [['uvicorn', 'app:app', '--timeout-keep-alive', '65'], undefined],
  [['starman', 'app.psgi'], /^Starman closes idle connections after 1 s/],
  // gunicorn closes each connection, which is no race; what Node.js does is set in the program.
  [['gunicorn', 'app:app'], undefined],
  [['node', 'server.js'], undefined],
])('without a profile, the command %o warns of what it shows', (command, text) => {
  const warnings = warningsOf(stackWith({ command }), 'keepAlive');
  expect(warnings).toEqual(text === undefined ? [] : [expect.stringMatching(text)]);
});

test('a Dockerfile is read: its CMD, and whether it has the stop signal of its server', () => {
  const folder = mkdtempSync(join(tmpdir(), 'image-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const image = ContainerImage.fromAsset(folder);
  writeFileSync(join(folder, 'Dockerfile'), 'FROM python:3.13\nCMD ["hypercorn", "app:app"]\n');
  expect(warningsOf(stackWith({ image }), 'keepAlive')).toEqual([expect.stringMatching(/^hypercorn closes idle connections after 5 s/)]);
  writeFileSync(join(folder, 'Dockerfile'), 'FROM debian:12\nCMD ["nginx", "-g", "daemon off;"]\n');
  expect(warningsOf(stackWith({ image: ContainerImage.fromAsset(folder) }), 'stopSignal')).toEqual([
    expect.stringMatching(/completes them at SIGQUIT: end the Dockerfile with STOPSIGNAL SIGQUIT/),
  ]);
  writeFileSync(join(folder, 'Dockerfile'), 'FROM debian:12\nCMD ["nginx", "-g", "daemon off;"]\nSTOPSIGNAL SIGQUIT\n');
  expect(warningsOf(stackWith({ image: ContainerImage.fromAsset(folder) }), 'stopSignal')).toEqual([]);
});

test('a name that the table does not have is an error with those that it has', () => {
  expect(() => ServerProfile.of('websphere')).toThrow(/^the name of a server must be one of .*uvicorn, .*, got 'websphere'/);
});

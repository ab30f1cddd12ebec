import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, hitsIn, type Retired, tableBelow } from './words';

/** Words, wherever they occur: in sentences, in file names and inside identifiers. */
const WORDS: readonly Retired[] = [
  ['told', 'reported, notified, passed, got'],
  ['tells', 'reports, notifies, passes'],
  ['nobody', 'no one, or the passive'],
  ['somebody', 'someone, a client, a user'],
  ['anybody', 'anyone'],
  ['everybody', 'all users'],
  ['whom', 'rewrite the sentence'],
  ['stands', 'is, runs, sits'],
  ['stood', 'was, ran'],
  ['befall', 'affect, happen to'],
  ['befalls', 'affects, happens to'],
  ['befell', 'happened to'],
  ['befallen', 'affected, fault effects'],
  ['rings', 'goes into ALARM'],
  ['the way shown', 'redirected'],
  ['shown the way', 'redirected'],
  ['the way to HTTPS', 'redirected to HTTPS'],
  ['dust', 'rounding error'],
  ['hair', 'gap'],
  ['mistake', 'error, validation error'],
  ['mistakes', 'errors, validation errors'],
  ['doubt', 'warning'],
  ['doubts', 'warnings'],
  ['refusal', 'error, rejection'],
  ['keeper', 'supervisor'],
  ['kept task', 'supervised task'],
  ['deed', 'command'],
  ['deeds', 'commands'],
  ['obey', 'handle'],
  ['asker', 'HTTP client'],
  ['own answer', 'generated response'],
  ['freeze', 'pause'],
  ['freezes', 'pauses'],
  ['frozen', 'paused'],
  ['thaw', 'unpause'],
  ['thaws', 'unpauses'],
  ['confinement', 'resource limiter'],
  ['dearer', 'costs more'],
  ['as it came', 'as observed'],
  ['lets in', 'allows'],
  ['let in', 'allowed'],
  ['entrance', 'ingress'],
  ['firewall', 'web ACL'],
  ['judge', 'combiner'],
  ['verdict', 'decision, status'],
  ['beats', 'periods'],
  ['condemned', 'marked for replacement'],
  ['least paid', 'minimum billed'],
  ['begin to pay', 'start billing'],
  ['teller', 'reporter'],
  ['phase teller', 'progress reporter'],
  ['unmeasurable', 'measurement error'],
  ['standstill', 'suspension'],
  ['standstills', 'suspensions'],
  ['stand still', 'be suspended'],
  ['made-up', 'generated'],
  ['evened out', 'rebalanced'],
  ['put back', 'rolled back'],
  ['tried out', 'tested'],
  ['in words', 'as text, format'],
  ['halving', 'bisection'],
  ['happenings', 'events'],
  ['outlook', 'next step'],
  ['telling rows', 'significant rows'],
  ['lazy doors', 'lazy requires'],
  ['brings along', 'bundles'],
  ['second look', 'late validation'],
  ['may stand', 'accepted'],
  ['laid beside', 'compared with'],
  ['lays beside', 'compares with'],
  ['has a deployment given up', 'rolls a deployment back'],
  ['for want of', 'for lack of'],
  ['hog', 'process that allocates memory'],
];

/** Identifiers and options, letter for letter. */
const NAMES: readonly Retired[] = [
  ['deploymentAlarms', 'rollbackAlarms'],
  ['rollbackOnAlarms', 'rollbackOnServiceAlarms'],
  ['addDeploymentAlarms', 'addRollbackAlarms'],
  ['routingAlgorithm', 'loadBalancingAlgorithm'],
  ['anomalyMitigation', 'enableAnomalyMitigation'],
  ['dropInvalidHeaders', 'dropInvalidHeaderFields'],
  ['firewall', 'webAcl'],
  ['Firewall', 'WebAcl'],
  ['ManagedFirewallOptions', 'ManagedWebAclOptions'],
  ['allowedFrom', 'allowFrom'],
  ['initProcess', 'initProcessEnabled'],
  ['maxResponseTime', 'scaleOutResponseTimeThreshold'],
  ['responseTimeLeastRequestsPerSecond', 'scaleOutResponseTimeMinTotalRequestsPerSecond'],
  ['scaleOutResponseTime', 'scaleOutResponseTimeThreshold'],
  ['scaleOutResponseTimeMinRequestsPerSecond', 'scaleOutResponseTimeMinTotalRequestsPerSecond'],
  ['latencyAlarmThreshold', 'responseTimeAlarmThreshold'],
  ['ScheduledBounds', 'ScheduledCapacity'],
  ['privateWithEndpoints', 'isolatedWithEndpoints'],
  ['trialTime', 'stepBakeTime'],
  ['stepTime', 'stepBakeTime'],
  ['PUBLISHED', 'PUBLISH_ONLY'],
  ['FOLLOWED', 'PUBLISH_AND_SCALE'],
  ['Traffic.then', 'Traffic.followedBy'],
  ['Workload.measured', 'Workload.of'],
  ['Fault.freezeTask', 'Fault.pauseTask'],
  ['Fault.fillMemory', 'Fault.exhaustMemory'],
  ['secondsFromSurgeToRelief', 'timeToRecoverSeconds'],
  ['AwsBehaviorOptions', 'AwsBehavior'],
  ['AwsPrices', 'Prices'],
  ['imageOutOfReach', 'unreachableRegistry'],
  ['fixedCores', 'idleVcpu'],
  ['MadeService', 'ScalableStatelessServiceBase'],
  ['Befallen', 'FaultEffects'],
  ['Judge', 'PolicyCombiner'],
  ['Verdict', 'Decision'],
  ['Beats', 'NestedPeriods'],
  ['addedUp', 'sumConcurrent'],
  ['Strand', 'TimedLoad'],
  ['edgeOf', 'bisect'],
  ['Doubt', 'ConfigWarning'],
  ['lookAgain', 'validateLater'],
  ['InvalidInput', 'InputError'],
  ['Asker', 'HttpClient'],
  ['beginVisit', 'trackRequest'],
  ['answerItself', 'sendGeneratedResponse'],
  ['KeptTask', 'SupervisedTask'],
  ['TaskProcess', 'TaskHandle'],
  ['Confinement', 'ResourceLimiter'],
  ['StoppedAndContinued', 'SigstopLimiter'],
  ['PhaseTeller', 'ProgressReporter'],
  ['Unmeasurable', 'MeasurementError'],
  ['Standstill', 'ProcessSuspension'],
  ['asItCame', 'observedScenario'],
  ['ModelledFleet', 'ServiceFleet'],
  ['RehearsedFleet', 'ServiceFleet'],
  ['ModelledTasks', 'SimulatedTasks'],
  ['RehearsedTasks', 'LocalTasks'],
  ['LazyDoors', 'LazyRequires'],
  ['LEAST_PAID_SECONDS', 'MINIMUM_BILLED_SECONDS'],
  ['beginToPay', 'startBilling'],
  ['paidSeconds', 'billedSeconds'],
  ['laterMistakes', 'lateErrors'],
  ['refuseAt', 'throwIfAny'],
  ['letIn', 'allowIngress'],
  ['startBeats', 'everyPeriod'],
  ['obeySignals', 'handleSignals'],
  ['KeeperNews', 'SupervisorEvent'],
  ['TaskDeed', 'TaskCommand'],
  ['OwnStatus', 'GeneratedStatus'],
  ['WallTime', 'SpedUpClock'],
  ['SimulatedTime', 'SimulatedClock'],
  ['WatchedFleet', 'ObservedFleet'],
  ['ClientReading', 'ClientMeasurements'],
  ['PausedRequests', 'HeldRequests'],
  ['Arrivals', 'LoadOverTime'],
  ['speedShare', 'relativeSpeed'],
  ['offeredPerSecond', 'sentRequestsPerSecond'],
  ['failedPerSecond', 'failedRequestsPerSecond'],
  ['taskSeconds', 'billedTaskSeconds'],
  ['runSeconds', 'runningWallSeconds'],
  ['highestRunningCount', 'maxRunningCount'],
  ['highestDesiredCount', 'maxDesiredCount'],
  ['TaskServer', 'QueueingModel'],
  ['LatencyBand', 'LatencyBandSeconds'],
  ['RehearsedTraffic', 'RehearsalTraffic'],
  ['MEMORY_HOG', 'ALLOCATE_MEMORY_SCRIPT'],
  ['hasIterations', 'iterationFields'],
  ['lostTasks', 'tasksLost'],
  ['sortSeconds', 'lastSeconds'],
  ['survivesZoneLoss', 'zoneLost'],
  ['swingPercent', 'amplitudePercent'],
];

/** Where others have chosen the word: the kernel, the language and AWS. */
const PROPER_NAMES = ['cgroup.freeze', 'freezer', 'Object.freeze', '--frozen-lockfile', 'Web Application Firewall', 'Network Firewall'];

const ROOT = join(__dirname, '..');
<<<<<<< HEAD
const ROOMS = ['src', 'cli', 'rehearsal', 'load-generator', 'service-image/src', 'docs', 'README.md', 'API.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'];
=======
const ROOMS = ['src', 'cli', 'rehearsal', 'assertions', 'integ', 'service-image/src', 'docs', 'README.md', 'API.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'];
>>>>>>> integ
const STYLE_PAGE = 'docs/style.md';

test.each(ROOMS)('no retired word in %s', (room) => {
  const paths = filesBelow(ROOT, room).filter((path) => path !== STYLE_PAGE);
  expect(paths.length).toBeGreaterThan(0);
  const hits = paths.flatMap((path) =>
    hitsIn(path, readFileSync(join(ROOT, path), 'utf8'), { words: WORDS, names: NAMES, properNames: PROPER_NAMES }),
  );
  expect(hits).toEqual([]);
});

test.each<readonly [title: string, text: string, hits: readonly string[]]>([
  ['a word, with its line and what to write', 'one\nhe told her', ['a.ts:2: told → reported, notified, passed, got']],
  ['a word inside an identifier', 'const linesInWords = 1;', ['a.ts:1: in words → as text, format']],
  ['a word inside a constant', 'LEAST_PAID', ['a.ts:1: least paid → minimum billed']],
  ['a phrase over two lines of a comment', ' * a rehearsal cannot stand\n * still', ['a.ts:1: stand still → be suspended']],
  ['a retired identifier', 'new Asker();', ['a.ts:1: asker → HTTP client', 'a.ts:1: Asker → HttpClient']],
  ['no keyword before a name', 'let inFlight = 0;', []],
  ['no part of a word', 'the chairman withstands', []],
  ['no name that others have chosen', "write('cgroup.freeze')", []],
])('finds %s', (_, text, hits) => {
  expect(hitsIn('a.ts', text, { words: WORDS, names: NAMES, properNames: PROPER_NAMES })).toEqual(hits);
});

test('finds a word in the name of a file', () => {
  expect(hitsIn('src/least-paid.ts', '', { words: WORDS, names: [], properNames: [] })).toEqual([
    'src/least-paid.ts:0: least paid → minimum billed',
  ]);
});

test.each([
  ['Retired words', WORDS],
  ['Retired names', NAMES],
])('the table "%s" of the style page is the list of this test', (heading, rows) => {
  expect(tableBelow(readFileSync(join(ROOT, STYLE_PAGE), 'utf8'), heading)).toEqual(rows);
});

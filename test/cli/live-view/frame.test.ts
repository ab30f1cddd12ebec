import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { frame, helpPageCount } from '../../../cli/live-view/frame';
import type { LiveState, LiveTask, LiveValues } from '../../../cli/live-view/live-state';
import { scalingPolicy } from '../../../src/plan/policy';
import { searchPlan } from '../../search-plan';
import { LIVE_PLAN, liveActivity, liveRow, liveState, liveTask, minutes } from './states';

const PLAIN = { hasColors: false, supportsUnicode: true };
const COLORED = { hasColors: true, supportsUnicode: true };
const ASCII = { hasColors: false, supportsUnicode: false };
const ALL_KEYS = { keys: 'all' } as const;

/** What sets a colour, and nothing else that a terminal obeys. */
const COLOR = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');

/** A surge at the moment at which new tasks are on their way, and one was just killed. */
const SURGE = liveState({
  nowSeconds: 725,
  desiredCount: 4,
  tasks: [
    liveTask({ id: '1a', cpuPercent: 97, servedRequestsPerSecond: 110 }),
    liveTask({ id: '2b', zone: 'b', cpuPercent: 88, servedRequestsPerSecond: 108 }),
    liveTask({ id: '3c', state: 'starting', ageSeconds: 28, cpuPercent: 35, servedRequestsPerSecond: undefined }),
    liveTask({
      id: '4d',
      zone: 'b',
      state: 'launching',
      ageSeconds: 5,
      cpuPercent: undefined,
      memoryPercent: undefined,
      servedRequestsPerSecond: undefined,
    }),
  ],
  latestValues: {
    ...liveRow(725),
    users: 120,
    sentRequestsPerSecond: 221,
    servedRequestsPerSecond: 218,
    failedRequests: 2,
    cpuUtilizationPercent: 92.4,
    requestCountPerTarget: 6540,
    p95Millis: 180,
  },
  totals: { requests: 31_200, servedRequests: 31_197, failedRequests: 3, lastFailure: 'HTTP 502' },
  timeline: [
    ...minutes(8, {}),
    liveRow(540, { cpuUtilizationPercent: 63 }),
    liveRow(600, { cpuUtilizationPercent: 80, servedRequestsPerSecond: 160 }),
    liveRow(660, { cpuUtilizationPercent: 91, servedRequestsPerSecond: 210, p95Millis: 160 }),
  ],
  activities: [liveActivity({ startSeconds: 690 })],
  events: [{ atSeconds: 700, kind: 'fault', description: '1 task killed' }],
});

describe('a frame', () => {
  test('of a surge in a terminal of 80 columns and 24 rows', () => {
    expect(frame(SURGE, { columns: 80, rows: 24 }, PLAIN, ALL_KEYS)).toMatchInlineSnapshot(`
      [
        " Search   FAILING 2/s   CPU, REQUESTS OVER TARGET        http://127.0.0.1:40123",
        " 12:05 of 30:00  ━━━━━━━━━━━━━━━━━━━✗━─────────────────────────────  0:54 to go",
        " Tasks     ━━━━━╎────┃─────   2 healthy  4 desired, 2 starting        ▃▃▃▃▃▃▃▃▃",
        " CPU       ━━━━━━━━╎┃━━━━━─      92.4 %  ●●● target 60, low 54        ▅▅▅▅▅▅▆▇█",
        " Requests  ━━━━━━━━╎┃╸─────   6,540/min  ○○○ target 6,000, low 5,400  ▁▁▁▁▁▁▁▁▁",
        " Served         ▁▁▁▁▁▁▁▁▁▇█       218/s  120 users, 221/s sent",
        " Latency        ▃▃▃▃▃▃▃▃▃▃█  p95 180 ms  p50 31 ms",
        " Failed                               3  of 31,200, last: HTTP 502",
        " Next      CPU above 60 % for 3 of 3 minutes: scales out once the alarm sees it",
        "           2 of 4 tasks are starting; the cooldown begins when all run",
        " task  state      zone  rev      age  CPU                  memory         req/s",
        " 1a    healthy    a     1      10:30  ━━━━━━━━━━━━╸  97 %  ╸─────  12 %     110",
        " 2b    healthy    b     1      10:30  ━━━━━━━━━━━╸─  88 %  ╸─────  12 %     108",
        " 3c    starting   a     1       0:28  ━━━━╸────────  35 %  ╸─────  12 %       -",
        " 4d    launching  b     1       0:05  ─────────────     -  ──────     -       -",
        "",
        " Events ───────────────────────────────────────────────────────────────────────",
        "  11:40  ✗ 1 task killed",
        "  11:30  ▲ 2 → 4  CPU 91.3 %, target 60 %  in progress  monitor alarm TargetTr…",
        "",
        "",
        "",
        " s stop  k kill  p pause  w slow  m memory  h health  c crash  z zone  d deploy",
        " b bad deploy  l slow dependency  ? help  q quit",
      ]
    `);
  });

  test('of the same in a wide terminal: tasks and what happened are side by side', () => {
    expect(frame(SURGE, { columns: 150, rows: 20 }, PLAIN)).toMatchInlineSnapshot(`
      [
        " Search   FAILING 2/s   CPU, REQUESTS OVER TARGET   SCALING OUT 2 → 4                                            http://127.0.0.1:40123  20x · seed 7",
        " 12:05 of 30:00  ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━✗━━───────────────────────────────────────────────────────────────────────  0:54 to go",
        " Tasks     ━━━━━━━━━━━━━╎─────────────┃─────────────   2 healthy  4 desired, 2 starting, 2 to 6                                           ▃▃▃▃▃▃▃▃▃▃▃",
        " CPU       ━━━━━━━━━━━━━━━━━━━━━━╎━┃━━━━━━━━━━━━━───      92.4 %  ●●● target 60, low 54                                                   ▅▅▅▅▅▅▅▅▆▇█",
        " Requests  ━━━━━━━━━━━━━━━━━━━━━━╎━┃━━──────────────   6,540/min  ○○○ target 6,000, low 5,400                                             ▁▁▁▁▁▁▁▁▁▁▁",
        " Served                                  ▁▁▁▁▁▁▁▁▁▇█       218/s  120 users, 221/s sent",
        " Latency                                 ▃▃▃▃▃▃▃▃▃▃█  p95 180 ms  p50 31 ms",
        " Failed                                                        3  of 31,200, last: HTTP 502",
        " Next      CPU above 60 % for 3 of 3 minutes: scales out once the alarm sees it",
        "           2 of 4 tasks are starting; the cooldown begins when all run",
        " task  state      zone  rev      age  CPU                   memory         req/s │ Events",
        " 1a    healthy    a     1      10:30  ━━━━━━━━━━━━━╸  97 %  ╸─────  12 %     110 │  11:40  ✗ 1 task killed",
        " 2b    healthy    b     1      10:30  ━━━━━━━━━━━━╸─  88 %  ╸─────  12 %     108 │  11:30  ▲ 2 → 4  CPU 91.3 %, target 60 %  in progress  monitor al…",
        " 3c    starting   a     1       0:28  ━━━━━─────────  35 %  ╸─────  12 %       - │ ",
        " 4d    launching  b     1       0:05  ──────────────     -  ──────     -       - │ ",
        "",
        "",
        "",
        "",
        "",
      ]
    `);
  });

  test('shows beside the latency the requests that wait for a response, and how long', () => {
    const tasks = [
      liveTask({ waitingRequests: 3, longestWaitSeconds: 0.2 }),
      liveTask({ state: 'paused', waitingRequests: 9, longestWaitSeconds: 41.9 }),
    ];
    const lines = frame(liveState({ tasks }), { columns: 100, rows: 30 }, PLAIN);
    expect(lines.find((line) => line.includes('Latency'))).toContain('12 waiting, oldest 41 s, p50 31 ms');
    expect(lines.find((line) => line.includes('Tasks'))).toContain('1 paused');
  });

  test.each([
    [PLAIN, 'last: GET /search?… answered 502'],
    [ASCII, 'last: GET /search?~ answered 502'],
  ])('shows the failure rather than the whole query', (style, words) => {
    const { totals } = SURGE;
    const state = { ...SURGE, totals: { ...totals, lastFailure: 'GET /search?q=a+very+long+scenarioInput+indeed answered 502' } };
    const lines = frame(state, { columns: 120, rows: 30 }, style);
    expect(lines.find((line) => line.includes('Failed'))).toContain(words);
  });

  test('of the same where there is nothing but ASCII', () => {
    const lines = frame(SURGE, { columns: 80, rows: 24 }, ASCII, ALL_KEYS);
    expect(lines.join('')).toMatch(/^[ -~]*$/);
    expect(lines.slice(0, 6)).toMatchInlineSnapshot(`
      [
        " Search   FAILING 2/s   CPU, REQUESTS OVER TARGET        http://127.0.0.1:40123",
        " 12:05 of 30:00  ===================x=-----------------------------  0:54 to go",
        " Tasks     #####:....|.....   2 healthy  4 desired, 2 starting        ---------",
        " CPU       ########:|#####.      92.4 %  *** target 60, low 54        ======+*#",
        " Requests  ########:|......   6,540/min  ooo target 6,000, low 5,400  _________",
        " Served         _________*#       218/s  120 users, 221/s sent",
      ]
    `);
  });

  test('has the same text with colours as without', () => {
    const colored = frame(SURGE, { columns: 100, rows: 40 }, COLORED, ALL_KEYS);
    expect(colored.map(stripVTControlCharacters)).toEqual(frame(SURGE, { columns: 100, rows: 40 }, PLAIN, ALL_KEYS));
    expect(colored.join('')).not.toBe(colored.map(stripVTControlCharacters).join(''));
  });

  test('shows what the keys do in place of tasks and events, and nothing else moves', () => {
    const size = { columns: 100, rows: 30 };
    const [before, help] = [ALL_KEYS, { ...ALL_KEYS, helpPage: 0 }].map((controls) => frame(SURGE, size, PLAIN, controls));
    expect(help!.slice(0, 9)).toEqual(before!.slice(0, 9));
    expect(help!.slice(-2)).toEqual(before!.slice(-2));
    expect(help!.join('\n')).toContain('k         1 task killed');
    expect(help!.join('\n')).not.toContain('healthy    a');
  });

  test('shows what the keys do in place of the gauges where there is no other room, and how it fares all the while', () => {
    const size = { columns: 80, rows: 24 };
    const [before, help] = [ALL_KEYS, { ...ALL_KEYS, helpPage: 0 }].map((controls) => frame(SURGE, size, PLAIN, controls));
    expect(help!.slice(0, 2)).toEqual(before!.slice(0, 2));
    expect(help!.join('\n')).toContain('A fault affects the oldest tasks that serve.');
    expect(helpPageCount(SURGE, size, PLAIN, ALL_KEYS)).toBe(1);
  });

  test('of a terminal that is too small says the most important, and what it takes to see more', () => {
    expect(frame(SURGE, { columns: 40, rows: 10 }, PLAIN, ALL_KEYS)).toMatchInlineSnapshot(`
      [
        " FAILING 2/s   SCALING OUT 2 → 4 ",
        "12:05 of 30:00, 2 of 4 tasks healthy",
        "CPU 92.4 %, Requests 6,540/min",
        "218/s served, 3 failed, p95 180 ms",
        "For tasks and gauges: 60 columns, 16",
        "rows.",
        "",
        "",
        "",
        "? help  q quit",
      ]
    `);
    expect(frame(SURGE, { columns: 40, rows: 2 }, PLAIN, ALL_KEYS)).toEqual([' FAILING 2/s   SCALING OUT 2 → 4 ', '? help  q quit']);
    expect(helpPageCount(SURGE, { columns: 40, rows: 10 }, PLAIN, ALL_KEYS)).toBeGreaterThan(1);
  });

  test.each([
    [60, 16],
    [60, 20],
    [80, 24],
    [100, 30],
    [120, 40],
    [40, 10],
  ])('of %d columns and %d rows cuts no number, and shows the memory of every task it shows', (columns, rows) => {
    const busy = { ...SURGE, tasks: SURGE.tasks.map((task) => ({ ...task, waitingRequests: 12, longestWaitSeconds: 41.9 })) };
    const text = frame({ ...busy, plan: { ...busy.plan, service: 'SearchServiceF25EA7B5' } }, { columns, rows }, PLAIN, ALL_KEYS).join(
      '\n',
    );
    expect(text).not.toMatch(/\d[.,:]?…/);
    if (columns >= 60) expect(text).toMatch(/ memory .*req\/s/);
    expect(text).toContain('FAILING 2/s');
  });

  test('keeps its keys where there is no room for tasks', () => {
    expect(frame(SURGE, { columns: 60, rows: 10 }, PLAIN, { keys: 'quit' }).at(-1)).toBe(' ? help  q quit');
  });
});

describe('whatever goes on', () => {
  const amount = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 200 }));
  const some = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> => fc.option(value, { nil: undefined });
  const word = fc.oneof(fc.string({ maxLength: 60, unit: 'binary' }), fc.string({ maxLength: 60, unit: 'grapheme' }));
  const reading: fc.Arbitrary<LiveValues> = fc.record(
    {
      users: amount,
      sentRequestsPerSecond: amount,
      servedRequestsPerSecond: amount,
      failedRequests: amount,
      cpuUtilizationPercent: amount,
      requestCountPerTarget: amount,
      p50Millis: amount,
      p95Millis: amount,
      scenarioRequestsPerSecond: amount,
    },
    { requiredKeys: [] },
  );
  const task: fc.Arbitrary<LiveTask> = fc.record({
    id: word,
    state: fc.constantFrom('launching', 'starting', 'healthy', 'unhealthy', 'paused', 'draining', 'stopping'),
    zone: some(word),
    revision: some(word),
    ageSeconds: amount,
    cpuPercent: some(amount),
    memoryPercent: some(amount),
    servedRequestsPerSecond: some(amount),
    waitingRequests: some(fc.nat()),
    longestWaitSeconds: some(amount),
    activeFaults: some(fc.subarray(['pause-task', 'slow-task', 'fail-health-check', 'exhaust-memory'] as const)),
  });
  const plan = fc.oneof(
    fc.constant(LIVE_PLAN),
    fc.constant({ ...searchPlan(0, 0, []), service: '服务👩‍👩‍👧\x1b[2J', policy: scalingPolicy({ minCapacity: 0, maxCapacity: 500 }) }),
  );
  const activity = fc
    .record({
      startSeconds: amount,
      fromCapacity: fc.nat(99),
      toCapacity: fc.nat(99),
      statusCode: fc.constantFrom('InProgress', 'Successful', 'Unfulfilled'),
      cause: word,
      endSeconds: some(amount),
    })
    .map((changes) => liveActivity(changes as Parameters<typeof liveActivity>[0]));
  const state: fc.Arbitrary<LiveState> = fc.record({
    plan,
    behavior: fc.constant(liveState().behavior),
    url: word,
    speed: fc.constantFrom(1, 20, 60),
    seed: fc.nat(),
    nowSeconds: amount,
    totalSeconds: amount,
    tasks: fc.oneof(fc.array(task, { maxLength: 12 }), fc.array(task, { minLength: 100, maxLength: 100 }), fc.constant([])),
    bounds: fc.record({ min: fc.nat(99), max: fc.nat(99) }),
    desiredCount: fc.nat(500),
    latestValues: reading,
    totals: fc.record({ requests: amount, servedRequests: amount, failedRequests: amount, lastFailure: some(word) }),
    timeline: fc.array(reading, { maxLength: 30 }).map((rows) => rows.map((row, index) => liveRow(60 * (index + 1), row))),
    activities: fc.array(activity, { maxLength: 10 }),
    notScaled: fc.array(
      fc.record({
        startSeconds: amount,
        endSeconds: amount,
        reason: fc.constantFrom('AlreadyAtMaxCapacity', 'AutoScalingAnticipatedFlapping'),
        currentCapacity: fc.nat(99),
        cause: word,
      }),
      { maxLength: 5 },
    ) as fc.Arbitrary<LiveState['notScaled']>,
    faults: fc.array(fc.record({ kind: fc.constant('lose-zone' as const), atSeconds: amount, durationSeconds: amount }), { maxLength: 3 }),
    events: fc.array(
      fc.record({ atSeconds: amount, kind: fc.constantFrom('fault', 'deployment-started', 'deployment-failed'), description: word }),
      { maxLength: 20 },
    ) as fc.Arbitrary<LiveState['events']>,
  });
  const controls = fc.record({
    keys: fc.constantFrom('all', 'quit', 'none'),
    helpPage: some(fc.nat(5)),
    notice: some(word),
  }) as fc.Arbitrary<typeof ALL_KEYS>;
  const size = fc.record({ columns: fc.integer({ min: 1, max: 220 }), rows: fc.integer({ min: 1, max: 70 }) });

  test('no line is wider than the terminal, and there are no more lines than it has rows', () => {
    fc.assert(
      fc.property(state, size, controls, fc.boolean(), (shown, { columns, rows }, keys, supportsUnicode) => {
        const lines = frame(shown, { columns, rows }, { hasColors: true, supportsUnicode }, keys);
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) {
          // nothing but colours: whatever else moves the cursor would be left in the text.
          const text = line.replaceAll(COLOR, '');
          expect(text).not.toMatch(/\p{Cc}/u);
          expect(stringWidth(text)).toBeLessThanOrEqual(columns);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** The pages of the site in reading order, grouped as the sidebar shows them. */
export const pages = [
  {
    text: 'Start',
    items: [
      { text: 'Getting started', link: '/getting-started' },
      { text: 'Three predictions, corrected', link: '/predictions' },
      { text: 'Two paths, in numbers', link: '/two-paths' },
    ],
  },
  {
    text: 'The construct',
    items: [
      { text: 'Overview and defaults', link: '/construct/' },
      { text: 'Network', link: '/construct/network' },
      { text: 'Load balancer', link: '/construct/load-balancer' },
      { text: 'Tasks', link: '/construct/tasks' },
      { text: 'Deployment', link: '/construct/deployment' },
      { text: 'Scaling', link: '/construct/scaling' },
      { text: 'Observability', link: '/construct/observability' },
      { text: 'Instances', link: '/construct/instances' },
      { text: 'Load test', link: '/construct/load-test' },
      { text: 'What can be changed later', link: '/construct/what-can-be-changed' },
      { text: 'Warnings and errors', link: '/construct/warnings-and-errors' },
    ],
  },
  {
    text: 'Moving in',
    items: [
      { text: 'Overview', link: '/moving-in/' },
      { text: 'From the stock pattern', link: '/moving-in/from-the-stock-pattern' },
      { text: 'Beside a running service', link: '/moving-in/beside-a-running-service' },
      { text: 'From AWS Copilot', link: '/moving-in/from-copilot' },
      { text: 'From AWS App Runner', link: '/moving-in/from-app-runner' },
    ],
  },
  {
    text: 'Test the scaling',
    items: [
      { text: 'Forecast', link: '/forecast' },
      { text: 'Rehearse', link: '/rehearsal' },
      { text: 'Emulate AWS', link: '/emulate' },
      { text: 'Measure and check', link: '/measure-and-check' },
      { text: 'Lint', link: '/lint' },
      { text: 'Traffic and faults', link: '/traffic-and-faults' },
      { text: 'Scenario file', link: '/scenario-file' },
      { text: 'Recommend and compare', link: '/recommend-and-compare' },
      { text: 'Integration tests', link: '/integration-tests' },
      { text: 'Chaos experiments', link: '/chaos' },
    ],
  },
  {
    text: 'Reference',
    items: [
      { text: 'CLI', link: '/cli' },
      { text: 'API', link: '/api' },
      { text: 'Model and accuracy', link: '/model' },
      { text: 'Security', link: '/security' },
      { text: 'For coding agents', link: '/agents' },
    ],
  },
  {
    text: 'Inside',
    collapsed: true,
    items: [
      { text: 'Internals', link: '/internals' },
      { text: 'Decisions', link: '/decisions/' },
      { text: 'Style', link: '/style' },
    ],
  },
];

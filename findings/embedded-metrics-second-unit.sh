#!/usr/bin/env bash
# aws-embedded-metrics keeps the first unit of a metric and records values that are put with another unit under it, silently.
# Guess: it refuses the second unit, as it refuses a second storage resolution of the same metric.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund aws-embedded-metrics@4.2.1

cat >metrics.js <<'JS'
process.env.AWS_EMF_ENVIRONMENT = 'Local';
const { createMetricsLogger, StorageResolution, Unit } = require('aws-embedded-metrics');

const logger = createMetricsLogger();
logger.putMetric('latency', 250, Unit.Milliseconds);
logger.putMetric('latency', 1, Unit.Seconds);
try {
  logger.putMetric('latency', 300, Unit.Milliseconds, StorageResolution.High);
} catch (error) {
  console.log('second resolution:', error.message.slice(0, 22));
}
const print = console.log;
console.log = (line) => {
  const { _aws, latency } = JSON.parse(line);
  print('second unit:', JSON.stringify(latency), _aws.CloudWatchMetrics[0].Metrics[0].Unit);
};
logger.flush();
JS
echo 'aws-embedded-metrics 4.2.1'
seen=$(node metrics.js)
echo "$seen"
expected='second resolution: Resolution for metrics
second unit: [250,1] Milliseconds'
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: one second was recorded as one millisecond'

#!/usr/bin/env bash
# OpenTelemetry's exporter for Prometheus gives one instrument two names: JavaScript's leaves its unit out, Python's appends it (latency and latency_seconds).
# Guess: both append the unit, as OpenTelemetry's rules for Prometheus say.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @opentelemetry/api@1.10.0 @opentelemetry/sdk-metrics@3.1.1 @opentelemetry/exporter-prometheus@0.301.0
python3 -m venv python
python/bin/pip --quiet --disable-pip-version-check install opentelemetry-sdk==1.45.2 opentelemetry-exporter-prometheus==0.66b2

cat >names.mjs <<'JS'
import { PrometheusExporter, PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';

const exporter = new PrometheusExporter({ preventServerStart: true });
const meter = new MeterProvider({ readers: [exporter] }).getMeter('web');
meter.createHistogram('latency', { unit: 's' }).record(0.2);
meter.createCounter('bytes.sent', { unit: 'By' }).add(3);
meter.createGauge('cpu', { unit: '%' }).record(50);
const { resourceMetrics } = await exporter.collect();
console.log(new PrometheusSerializer().serialize(resourceMetrics));
JS
cat >names.py <<'PY'
from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.sdk.metrics import MeterProvider
from prometheus_client import generate_latest

meter = MeterProvider(metric_readers=[PrometheusMetricReader()]).get_meter("web")
meter.create_histogram("latency", unit="s").record(0.2)
meter.create_counter("bytes.sent", unit="By").add(3)
meter.create_gauge("cpu", unit="%").set(50)
print(generate_latest().decode())
PY
echo '@opentelemetry/exporter-prometheus 0.301.0 (npm), opentelemetry-exporter-prometheus 0.66b2 (PyPI)'
names() { grep -oE '^# TYPE (latency|bytes_sent|cpu)[a-z_]*' | cut -d ' ' -f 3 | tr '\n' ' '; }
seen="JavaScript: $(node names.mjs | names)
Python: $(python/bin/python names.py | names)"
echo "$seen"
expected='JavaScript: latency bytes_sent_total cpu 
Python: latency_seconds bytes_sent_bytes_total cpu_percent '
[ "$seen" = "$expected" ] || { echo 'changed'; exit 1; }
echo 'as found: a query of the latency of all services finds those of one language'

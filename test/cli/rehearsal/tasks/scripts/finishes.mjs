// is asked to end, finishes what it has begun, which takes CPU, and ends.
process.once('SIGTERM', () => {
  const usedBefore = process.cpuUsage();
  while (process.cpuUsage(usedBefore).user < 50_000);
  console.log('finished');
  process.exit(0);
});
setInterval(() => {}, 60_000);
console.log('ready');

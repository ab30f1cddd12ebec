// uses all the CPU it gets for the given number of seconds, then prints what share of a core that was.
const [seconds] = process.argv.slice(2).map(Number);
const startedAt = performance.now();
const usedBefore = process.cpuUsage();
while (performance.now() - startedAt < seconds * 1000);
const used = process.cpuUsage(usedBefore);
const usedMillis = (used.user + used.system) / 1000;
console.log(`share ${(usedMillis / (performance.now() - startedAt)).toFixed(4)}`);

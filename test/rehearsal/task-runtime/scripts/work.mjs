// uses the given number of CPU seconds.
const [seconds] = process.argv.slice(2).map(Number);
const before = process.cpuUsage();
const usedSeconds = () => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};
while (usedSeconds() < seconds);

// is asked to end and does not care.
process.on('SIGTERM', () => console.log('no'));
setInterval(() => {}, 60_000);
console.log('ready');

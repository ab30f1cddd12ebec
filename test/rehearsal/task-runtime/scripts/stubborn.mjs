// ignores SIGTERM.
process.on('SIGTERM', () => console.log('no'));
setInterval(() => {}, 60_000);
console.log('ready');

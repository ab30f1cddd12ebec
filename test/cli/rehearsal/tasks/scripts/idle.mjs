// has nothing to do, and stays.
setInterval(() => {}, 60_000);
console.log('ready');

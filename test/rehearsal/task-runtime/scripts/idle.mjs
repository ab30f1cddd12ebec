// runs without doing anything.
setInterval(() => {}, 60_000);
console.log('ready');

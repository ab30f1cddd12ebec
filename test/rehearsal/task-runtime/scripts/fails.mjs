// writes more lines than are recorded, to both streams, and exits with code 3.
for (let line = 1; line <= 30; line++) console.log(`line ${line}`);
console.error('no database');
process.exitCode = 3;

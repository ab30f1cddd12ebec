// says more than anyone keeps, on both streams, and gives up.
for (let line = 1; line <= 30; line++) console.log(`line ${line}`);
console.error('no database');
process.exitCode = 3;

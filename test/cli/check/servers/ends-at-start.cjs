console.log('no database');
process.exitCode = 3;

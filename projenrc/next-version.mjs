// Prints the version of the first release; nothing for a later one, which follows from the titles of its commits.
const { VERSION = '0.0.0' } = process.env;
if (VERSION === '0.0.0') console.log('0.1.0');

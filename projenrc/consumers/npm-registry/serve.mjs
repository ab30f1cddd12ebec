// Serves an npm registry on loopback until its standard input ends: one package can be published to it, and all others are those of another registry.
//
//   node serve.mjs PACKAGE UPSTREAM STORAGE
//
// Prints the port.
import { runServer } from 'verdaccio';

const [name, upstream, storage] = process.argv.slice(2);
const server = await runServer({
  storage,
  self_path: storage,
  packages: {
    // no other registry is asked for it, so that what is installed is what was packed here.
    [name]: { access: '$all', publish: '$all' },
    '**': { access: '$all', proxy: 'upstream' },
  },
  uplinks: { upstream: { url: upstream, maxage: '60m', cache: false, timeout: '60s' } },
  max_body_size: '100mb',
  web: { enable: false },
  log: { type: 'stdout', format: 'json', level: 'fatal' },
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
// the process that has started it has ended, however it ended.
process.stdin.on('end', () => process.exit()).resume();

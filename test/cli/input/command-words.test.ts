import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCommandWords } from '../../../cli/input/command-words';
import { commandWithPort, PORT_PLACEHOLDER } from '../../../rehearsal/task-runtime/task-command';

const VARIABLES: Readonly<Record<string, string>> = { HOME: '/home/ada', NAME: 'two words' };

function read(text: string) {
  return readCommandWords(text, (name) => VARIABLES[name]);
}

/** The arguments and the port of a command as it is started on port 8080. */
function started(text: string): readonly string[] {
  const { program, arguments: args } = commandWithPort({ ...read(text), workingDirectory: '/' }, 8080);
  return [program, ...args];
}

test.each<[string, readonly string[]]>([
  ['uvicorn app:app --port $PORT', ['uvicorn', 'app:app', '--port', '8080']],
  [`puma -b tcp://0.0.0.0:\${PORT} config.ru`, ['puma', '-b', 'tcp://0.0.0.0:8080', 'config.ru']],
  ['run "$HOME/a b" \'$PORT\' x"y"z', ['run', '/home/ada/a b', '$PORT', 'xyz']],
  ['say $NAME "a\\"b" a\\ b "" \\$PORT', ['say', 'two words', 'a"b', 'a b', '', '$PORT']],
  ['sh -c "for i in 1 2; do echo $i $(date) $PORT; done"', ['sh', '-c', 'for i in 1 2; do echo $i $(date) 8080; done']],
  ['exec node server.js', ['node', 'server.js']],
  ['sh -c "exec node server.js"', ['sh', '-c', 'exec node server.js']],
  [
    'node -e "require(\'http\').createServer((_, r) => r.end()).listen(process.env.PORT)"',
    ['node', '-e', "require('http').createServer((_, r) => r.end()).listen(process.env.PORT)"],
  ],
])('%s', (text, words) => {
  expect(started(text)).toEqual(words);
});

test('assignments before the program are variables of the task, and of the command', () => {
  expect(read('NODE_ENV=production ADDRESS="0.0.0.0:$PORT" node a.js $NODE_ENV b=c')).toEqual({
    program: 'node',
    arguments: ['a.js', 'production', 'b=c'],
    environment: { NODE_ENV: 'production', ADDRESS: `0.0.0.0:${PORT_PLACEHOLDER}` },
  });
});

test('a task gets its port in its variables too', () => {
  const { environment } = commandWithPort({ ...read('SERVER_PORT=$PORT java -jar a.jar'), workingDirectory: '/' }, 8080);
  expect(environment).toMatchObject({ SERVER_PORT: '8080', PORT: '8080' });
});

test.each<[string, string]>([
  [
    'cd app && node server.js',
    "--command runs without a shell, which '&&' needs: type --command \"sh -c 'cd app && exec node server.js'\"",
  ],
  ['node a.js > log.txt', "which '>' needs: type --command"],
  ['node a.js 2>/dev/null', "which '2>/dev/null' needs"],
  ['cat a | node b.js', "which '|' needs"],
  ['run $(hostname)', "which '$(hostname)' needs: type --command"],
  ['node a.js;node b.js', "which ';' needs: type --command \"sh -c 'node a.js;exec node b.js'\""],
  ['node a.js&&node b.js', "which '&&' needs"],
  ['node a.js>log.txt', "which '>' needs"],
  ['cat a|node b.js', "which '|' needs"],
  ['node a.js;node b.js --x=1', "which ';' needs"],
  ['node --x=1 a.js; node b.js', "which ';' needs"],
  ['node a.js $PORT;node b.js', "which ';' needs"],
  ['node --x=1&&node b.js', "which '&&' needs"],
  ['node a.js & node b.js', "sh -c 'node a.js & exec node b.js'"],
  ['node a.js&node b.js', "sh -c 'node a.js&exec node b.js'"],
  ['node a.js --x=1&', "sh -c 'node a.js --x=1&'"],
  ['node a.js 2>&1', "sh -c 'exec node a.js 2>&1'"],
  ['run --host=$(hostname)', "which '$(' needs"],
  [`cd a && node -e '1;2'`, `sh -c "cd a && exec node -e '\\''1;2'\\''"`],
  [
    'node a.js --x=a&b',
    `--command has '--x=a&b', which a shell would read as more than a word: quote it, type --command "node a.js '--x=a&b'"`,
  ],
  ['node --re=(a|b)', `type --command "node '--re=(a|b)'"`],
  ['node a.js http://c/?d=1&e=2', `type --command "node a.js 'http://c/?d=1&e=2'"`],
  ['node --x=$HOME;b="c d"', `type --command 'node --x=$HOME\\;b="c d"'`],
  ['node --x=a&b > log.txt', "which '>' needs: type --command"],
  ['export A=b', "which 'export' needs"],
  ['PORT=8080 node server.js', '--command must not set PORT'],
  ['node $MISSING', "--command uses $MISSING, which is not set: set it before the program, as in 'MISSING=value program $MISSING'"],
  ["node 'server.js", '--command must close its quotes'],
  ['', '--command must name a program'],
  ['A=b', '--command must name a program'],
])('%s is an error with the line to type', (text, message) => {
  expect(() => read(text)).toThrow(message);
});

test('the line to type works when it is typed', () => {
  const [, line] = /type (--command .*) \(exec/s.exec(errorOf("cd / && echo \"it's\" '$HOME'"))!;
  // the shell of the user gives the command one argument, which is the command line again.
  const argument = execFileSync('sh', ['-c', `printf %s ${line!.replace('--command ', '')}`], { encoding: 'utf8' });
  const { program, arguments: args } = read(argument);
  expect(execFileSync(program, [...args], { encoding: 'utf8' })).toBe("it's $HOME\n");
});

test.each(['run --x=a&b --re=(a|b)', 'run --x=$HOME&b="c d"', "run 'a b'=c;d"])('a quoted line reads as it was meant: %s', (text) => {
  const line = /type --command (.*)$/s.exec(errorOf(text))![1]!;
  const argument = execFileSync('sh', ['-c', `printf %s ${line}`], { encoding: 'utf8' });
  const meant = text.replace('$HOME', VARIABLES['HOME']!).replace('"c d"', 'c d').replace("'a b'", 'a b');
  expect(['run', ...read(argument).arguments].join(' ')).toBe(meant);
});

function errorOf(text: string): string {
  try {
    read(text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('no error');
}

test('reads words as a POSIX shell does', () => {
  const parts = fc.constantFrom('a', 'b-c', '$HOME', '"$HOME x"', "'$HOME'", '\\$x', '\\"', '"q\\"q"', "'q\"q'", '""', '=', '1');
  const words = fc.array(
    fc.array(parts, { minLength: 1, maxLength: 3 }).map((each) => each.join('')),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(words, (each) => {
      const text = `printf ${each.join(' ')}`;
      const script = `${text.replace('printf', "printf '%s\\n'")}`;
      const expected = execFileSync('sh', ['-c', script], { encoding: 'utf8', env: VARIABLES }).slice(0, -1).split('\n');
      expect(read(text).arguments).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});

import type { Command } from 'commander';
import { commandProgram } from '../../cli/arguments';

const HEAD = `# CLI

<!-- Written by \`npx vitest run test/docs -u\` from the commands. Change it there. -->

The package has two names for the same command: \`cdk-scalable-stateless-service\` and, shorter, \`ecs-rehearsal\`.

`;

const ORDER = [
  'forecast',
  'compare',
  'gate',
  'recommend',
  'measure',
  'check',
  'lint',
  'rehearse',
  'emulate',
  'record',
  'backtest',
  'integ',
];

/** The reference of the command line as Markdown: each command with its options, notes and examples. */
export function cliReference(): string {
  const program = commandProgram('', () => {});
  const commands = ORDER.map((name) => program.commands.find((command) => command.name() === name)!);
  if (commands.length !== program.commands.length) throw new Error('a command is missing in the reference');
  const overview = commands.map((one) => `| [${one.name()}](#${one.name()}) | ${cell(one.description())} |`);
  return [
    `${HEAD}| command | |\n|---|---|\n${overview.join('\n')}`,
    ...notesOf(program),
    ...commands.flatMap((command) => [`## ${command.name()}`, command.description(), optionTable(command), ...notesOf(command)]),
  ]
    .join('\n\n')
    .concat('\n');
}

function optionTable(command: Command): string {
  const rows = command.options.map(({ flags, description, defaultValue }) => {
    const isDefaultShown = defaultValue !== undefined && !description.includes('(default');
    return `| \`${flags}\` | ${cell(description)}${isDefaultShown ? ` (default: ${defaultValue})` : ''} |`;
  });
  return `| option | |\n|---|---|\n${rows.join('\n')}`;
}

/** The text below the options in the help: prose, then examples. */
function notesOf(command: Command): string[] {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();
  const [notes = '', examples = ''] = help
    .replace(command.helpInformation(), '')
    .replace(/(\n\n.*Exit code[\s\S]*)$/, '')
    .split(/Examples:\n/);
  const exitCodes = /Exit code: .*/.exec(help)?.[0];
  const shell = examples
    .replace(/^ {2}\$ /gm, '')
    .replace(/^ {6}/gm, '  ')
    .trim();
  return [...paragraphs(notes), ...(shell === '' ? [] : [`\`\`\`sh\n${shell}\n\`\`\``]), ...(exitCodes === undefined ? [] : [exitCodes])];
}

function paragraphs(text: string): string[] {
  return text
    .split('\n')
    .map((line) => cell(line.trim()))
    .join('\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
}

/** Text that Markdown shows as it is, also in a table. */
function cell(text: string): string {
  return (
    text
      .replace(/</g, '&lt;')
      .replace(/\|/g, '\\|')
      .replace(/'([^']*)'/g, '`$1`')
      // an option in quotes belongs to a command.
      .replace(/"[^"]*"|(?<![`\w])(--[a-z][a-z0-9-]+)/g, (text, option) => (option === undefined ? text : `\`${option}\``))
  );
}

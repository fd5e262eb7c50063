/**
 * `npm run check`: types, lint and format beside each other; what each says, in this order, and exit status 0 only
 * when none has anything to complain of.
 */
import { spawn } from 'node:child_process';

const CHECKS = [
  ['tsc', '--noEmit'],
  [
    'eslint',
    '--cache',
    '--cache-strategy',
    'content',
    '--cache-location',
    'node_modules/.cache/eslint/',
    '.',
  ],
  ['prettier', '--check', '.'],
] as const;

const outcomes = CHECKS.map(([program, ...args]) => run(program, args));
for (const outcome of outcomes) {
  const { status, output } = await outcome;
  process.stdout.write(output);
  if (status !== 0) process.exitCode = 1;
}

/** npm puts the programs of its packages on the path. */
function run(program: string, args: readonly string[]) {
  return new Promise<{ status: number | null; output: string }>((done, fail) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', fail);
    child.once('close', (status) => done({ status, output }));
  });
}

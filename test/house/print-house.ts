/**
 * The figures of the house, `npm run house`: lines of product code, circles of files, imports that run up, and what
 * knip finds unused. Exit status 0 only without the last three.
 */
import { spawnSync } from 'node:child_process';
import { circlesOf, importsUp, productImports, productLines } from './imports.ts';

const imports = productImports();
const circles = circlesOf(imports);
const up = importsUp(imports);
const knip = spawnSync('npx', ['--no-install', 'knip', '--no-progress'], { encoding: 'utf8' });
if (knip.error !== undefined) throw knip.error;

say(`${productLines()} lines of product code in ${imports.size} files`);
say(`${circles.length} circles of files`);
for (const circle of circles) say(`  ${circle.join(', ')}`);
say(`${up.length} imports up`);
for (const one of up) say(`  ${one}`);
say(knip.status === 0 ? 'knip: nothing unused' : `knip:\n${knip.stdout}${knip.stderr}`);
process.exit(circles.length + up.length === 0 && knip.status === 0 ? 0 : 1);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

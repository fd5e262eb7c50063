import { readFileSync } from 'node:fs';
import { z } from 'zod';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.looseObject({
      version: z.string(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
    }),
  ),
});

/** The lock file. */
export function readLock() {
  return lockSchema.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
}

export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
}

/** What is installed with `npm ci --omit=dev`, by name and version, each once. */
export function productionPackages(): LockedPackage[] {
  const found = Object.entries(readLock().packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version, license = '' }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license,
    }));
  const each = new Map(found.map((one) => [`${one.name}@${one.version}`, one]));
  return [...each.values()].sort((a, b) =>
    a.name === b.name ? (a.version < b.version ? -1 : 1) : a.name < b.name ? -1 : 1,
  );
}

/** `docs/licences.md`. */
export function licencesDocument(packages: readonly LockedPackage[]): string {
  const counts = new Map<string, number>();
  for (const { licence } of packages) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  const sums = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([licence, count]) => `| ${licence} | ${count} |`);
  return [
    '# Licences',
    '',
    'Of what `npm ci --omit=dev` installs, as `package-lock.json` records them. Written by',
    '`npm run licences`; a test fails when it is out of date or a licence is not among the permitted ones.',
    '',
    '| licence | packages |',
    '|---|---|',
    ...sums,
    '',
    '| package | version | licence |',
    '|---|---|---|',
    ...packages.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
    '',
  ].join('\n');
}

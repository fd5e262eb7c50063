import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { leaksIn } from './leaks.ts';
import { licencesDocument, productionPackages, readLock } from './production-packages.ts';

const names = z.record(z.string(), z.string());
const manifest = z
  .object({ dependencies: names, devDependencies: names, optionalDependencies: names })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const direct = {
  ...manifest.dependencies,
  ...manifest.devDependencies,
  ...manifest.optionalDependencies,
};

describe('package.json', () => {
  it('names exact versions only', () => {
    const ranges = Object.entries(direct).filter(
      ([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version),
    );
    expect(ranges).toEqual([]);
  });

  it('has every dependency explained in docs/dependencies.md, and no other', () => {
    const explained = [
      ...readFileSync('docs/dependencies.md', 'utf8').matchAll(/^\| `([^`]+)` \|/gm),
    ];
    expect(explained.map(([, name]) => name).sort()).toEqual(Object.keys(direct).sort());
  });
});

describe('package-lock.json', () => {
  const packages = Object.entries(readLock().packages).filter(([path]) => path !== '');

  it('agrees with package.json', () => {
    const locked = Object.keys(direct).map((name) => [
      name,
      readLock().packages[`node_modules/${name}`]?.version,
    ]);
    expect(locked).toEqual(Object.entries(direct));
  });

  it('fixes the content of every package, and from no particular place', () => {
    expect(
      packages
        .filter(([, { integrity }]) => !/^sha(512|1)-/.test(integrity ?? ''))
        .map(([path]) => path),
    ).toEqual([]);
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});

describe('licences', () => {
  const PERMITTED =
    /^(MIT|MIT-0|ISC|0BSD|BSD-2-Clause|BSD-3-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|Unlicense)$/;
  const isPermitted = (licence: string) =>
    licence
      .replace(/[()]/g, '')
      .split(' AND ')
      .every((all) => all.split(' OR ').some((one) => PERMITTED.test(one)));

  it('permit to use and pass on what the service runs with', () => {
    expect(productionPackages().filter(({ licence }) => !isPermitted(licence))).toEqual([]);
  });

  it('are listed in docs/licences.md (npm run licences)', () => {
    expect(readFileSync('docs/licences.md', 'utf8')).toBe(licencesDocument(productionPackages()));
  });
});

describe('tracked files', () => {
  const files = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { encoding: 'utf8' },
  )
    .split('\0')
    .filter((file) => file !== '' && !/\.(?:png|gz|bin)$/.test(file));

  it('leak no secret and name no registry host', () => {
    expect(files.length).toBeGreaterThan(500);
    expect(
      files.flatMap((file) =>
        leaksIn(readFileSync(file, 'utf8')).map((leak) => `${file}: ${leak}`),
      ),
    ).toEqual([]);
  });
});

describe('leaksIn', () => {
  // Put together here, so that this file holds none of them.
  const hex = 'a1b2c3d4'.repeat(4);
  it.each([
    ['-----BEGIN', 'RSA PRIVATE KEY-----'].join(' '),
    ['AKIA', 'ABCDEFGHIJKLMNOP'].join(''),
    ['ghp_', 'a1B2'.repeat(9)].join(''),
    ['github_pat_', 'a1B2c'.repeat(9)].join(''),
    ['xoxb-', '1234567890-abcdefghij'].join(''),
    ['npm_', 'a1B2'.repeat(9)].join(''),
    `MEILI_MASTER_KEY=${hex}`,
    `adminToken: '${hex}'`,
    `Authorization: Bearer ${hex}`,
    ['https://user', 'password1@example.com/'].join(':'),
    ['registry', 'example.org'].join('.'),
    ['https://npm', 'example.com/pkg'].join('.'),
    ['_authToken', hex].join('='),
  ])('finds %s', (leak) => {
    expect(leaksIn(`before\n${leak}\nafter`)).not.toEqual([]);
  });

  it.each([
    'MEILI_MASTER_KEY=$(openssl rand -hex 16)',
    "ADMIN_TOKEN = 'a-token-of-sixteen-characters'",
    `the file is started only when its SHA-256 is ${hex}${hex}`,
    'Node and the npm registry are all it needs',
    'http://user:secret@example.com/',
  ])('lets %s be', (text) => {
    expect(leaksIn(text)).toEqual([]);
  });
});

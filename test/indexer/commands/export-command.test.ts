import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseEnvironment } from '../../../config/environment.ts';
import { createIngestPipeline } from '../../../indexer/ingest/ingest-pipeline.ts';
import { ingestFiles } from '../../../indexer/ingest/ingest-files.ts';
import { openStore } from '../../../indexer/store/database.ts';
import { temporaryFolder } from '../../service-for-tests.ts';
import { exited, trackProcesses } from '../../service-process.ts';

const processes = trackProcesses();
let dataDir: string;
let folder: string;

beforeAll(async () => {
  dataDir = temporaryFolder();
  folder = temporaryFolder();
  const posts = join(dataDir, 'posts.jsonl');
  const articles = ['东湖高新区开工', '=1+1', '苏州工业园区"集中签约"'].map((title) =>
    JSON.stringify({ title, text: `${title}，\n6月1日有关负责人介绍了情况。`, date: '2022-06-01' }),
  );
  writeFileSync(posts, articles.join('\n'));
  const store = openStore(dataDir);
  const { preparePage } = createIngestPipeline(parseEnvironment({ DATA_DIR: dataDir }));
  await ingestFiles([posts], { store, preparePage });
  store.close();
});

afterEach(() => processes.end());

afterAll(() => {
  for (const path of [dataDir, folder]) rmSync(path, { recursive: true, force: true });
});

async function runExport(...args: readonly string[]) {
  const run = processes.run('indexer/cli.ts', ['export', ...args], { DATA_DIR: dataDir });
  return { status: await exited(run.child), said: run.output() };
}

describe('npm run export -- --output', () => {
  it('writes CSV that begins with the byte order mark, in place of a former file', async () => {
    const file = join(folder, 'articles.csv');
    writeFileSync(file, 'former');
    expect(await runExport('--format', 'csv', '--output', file)).toEqual({
      status: 0,
      said: `已导出 3 篇文章到 ${file}。\n`,
    });
    const written = readFileSync(file);
    expect([...written.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(parse(written, { bom: true, columns: true })).toHaveLength(3);
    expect(readdirSync(folder)).toEqual(['articles.csv']);
  });

  it('writes the other formats of the search page, and names them all to who asks for none of them', async () => {
    const file = join(folder, 'articles.ris');
    expect((await runExport('--format', 'ris', '--output', file)).status).toBe(0);
    expect(readFileSync(file, 'utf8').match(/^ER {2}- /gm)).toHaveLength(3);
    expect(await runExport('--format', 'xlsx')).toEqual({
      status: 1,
      said: '--format 只能是 csv、jsonl、ris 之一，而不是“xlsx”\n',
    });
  });

  it('writes JSON Lines, with npm between as the README says', async () => {
    const file = join(folder, 'articles.jsonl');
    const npm = spawn('npm', ['run', 'export', '--', '-o', file], {
      env: { ...process.env, DATA_DIR: dataDir },
      stdio: 'ignore',
    });
    expect(await once(npm, 'exit')).toEqual([0, null]);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toHaveLength(3);
  });

  it.each([
    ['in a folder that is missing', 'missing/articles.csv', /没有文件夹 .*missing。请先建好它/u],
    ['in what is no folder', 'a-file/articles.csv', /a-file 不是文件夹。请换一个位置/u],
    ['that is a folder', 'a-folder', /a-folder 不是普通文件.*请给 --output 一个文件名/u],
  ])('tells the remedy for a file %s, and leaves none', async (_what, name, message) => {
    writeFileSync(join(folder, 'a-file'), 'as it was');
    mkdirSync(join(folder, 'a-folder'), { recursive: true });
    const before = readdirSync(folder, { recursive: true });
    const { status, said } = await runExport('--format', 'csv', '--output', join(folder, name));
    expect(status).toBe(1);
    expect(said).toMatch(message);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
    expect(readFileSync(join(folder, 'a-file'), 'utf8')).toBe('as it was');
  });
});

describe('npm run --silent export', () => {
  it('writes the same to a pipe', async () => {
    const npm = spawn('npm', ['run', '--silent', 'export', '--', '--format', 'csv'], {
      env: { ...process.env, DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const chunks: Buffer[] = [];
    npm.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    expect(await once(npm, 'close')).toEqual([0, null]);
    const written = Buffer.concat(chunks);
    expect([...written.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(parse(written, { bom: true, columns: true })).toHaveLength(3);
  });
});

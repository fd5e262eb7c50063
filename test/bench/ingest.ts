/**
 * Taking articles in, from end to end, beside pushing the same texts raw into the engine as it comes:
 * `npm run bench:ingest -- [--articles 12000] [--seed 1] [--shared ../shared]`
 *
 * Beyond the corpus, articles are made of its sentences. Prints rates, peak memory of each process and
 * disk, of one run.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Meilisearch } from 'meilisearch';
import { loadGazetteer } from '../../config/gazetteer.ts';
import { openEngine } from '../../indexer/engine/engine.ts';
import { waitForTask } from '../../indexer/engine/wait-for-task.ts';
import { folderSizeMb } from './ingest/folder-size.ts';
import { growCorpus } from './ingest/grown-corpus.ts';
import { watchMemory } from './ingest/peak-memory.ts';
import { corpusArchives, readCorpus } from './relevance/corpus-items.ts';
import { describeMachine } from './relevance/results-file.ts';

const ARTICLES_A_FILE = 1_000;

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '12000' },
    seed: { type: 'string', default: '1' },
    shared: { type: 'string', default: '../shared' },
  },
});

const print = (line: string) => void process.stdout.write(`${line}\n`);

interface Taken {
  readonly seconds: number;
  readonly diskMb: number;
  readonly peaks: Readonly<Record<string, number>>;
}

if (existsSync(join(values.shared, 'corpus'))) await bench();
else print(`${values.shared} is not there: nothing to measure`);

async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'park-news-ingest-'));
  try {
    const { files, articles, megabytes } = await writeArticles(join(folder, 'in'));
    const machine = describeMachine();
    print(`${articles} articles, ${megabytes.toFixed(1)} MB; ${machine.cores} cores`);
    const ours = await takeIn(join(folder, 'in'), join(folder, 'ours'));
    report('ours, end to end', ours, articles, megabytes);
    const again = await takeIn(join(folder, 'in'), join(folder, 'ours'));
    report('ours, again (no change)', again, articles, megabytes);
    const raw = await pushRaw(files, join(folder, 'raw'));
    report('raw into the engine as it comes', raw, articles, megabytes);
    print(
      `ours / raw: time ${(ours.seconds / raw.seconds).toFixed(2)}, engine's disk ${(ours.diskMb / raw.diskMb).toFixed(2)}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(name: string, taken: Taken, articles: number, megabytes: number): void {
  const { seconds, diskMb, peaks } = taken;
  const memory = Object.entries(peaks)
    .filter(([, peak]) => peak > 100)
    .map(([program, peak]) => `${program} ${peak} MB`)
    .join(', ');
  print(
    `${name.padEnd(32)} ${seconds.toFixed(1)} s  ${(articles / seconds).toFixed(0)} articles/s  ` +
      `${(megabytes / seconds).toFixed(2)} MB/s  engine on disk ${diskMb.toFixed(0)} MB  peak ${memory}`,
  );
}

async function writeArticles(folder: string) {
  mkdirSync(folder);
  const items = await readCorpus(await corpusArchives(join(values.shared, 'corpus')));
  const grown = growCorpus(items, loadGazetteer(), Number(values.articles), Number(values.seed));
  const files: string[] = [];
  let lines: string[] = [];
  let articles = 0;
  let bytes = 0;
  const flush = () => {
    const file = join(folder, `${String(files.length).padStart(4, '0')}.jsonl`);
    const text = lines.join('\n');
    writeFileSync(file, text);
    files.push(file);
    bytes += Buffer.byteLength(text);
    lines = [];
  };
  for (const article of grown) {
    lines.push(JSON.stringify(article));
    articles += 1;
    if (lines.length === ARTICLES_A_FILE) flush();
  }
  if (lines.length > 0) flush();
  return { files, articles, megabytes: bytes / 1e6 };
}

/** As a user does it: `npm run index -- FOLDER`, in a process of its own. */
async function takeIn(folder: string, dataDir: string): Promise<Taken> {
  const started = performance.now();
  const child = spawn('npm', ['run', '--silent', 'index', '--', folder], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { ...process.env, DATA_DIR: dataDir },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const memory = watchMemory(child.pid!);
  const code = await new Promise((done) => child.once('exit', done));
  memory.stop();
  if (code !== 0) throw new Error(`npm run index ended with ${String(code)}`);
  return {
    seconds: (performance.now() - started) / 1000,
    diskMb: folderSizeMb(join(dataDir, 'engine')),
    peaks: memory.peaks(),
  };
}

/** Each file in one request, all waiting in the engine's queue: nothing is faster. */
async function pushRaw(files: readonly string[], dataDir: string): Promise<Taken> {
  mkdirSync(dataDir);
  const complain = (message: string) => void process.stderr.write(`${message}\n`);
  const engine = await openEngine({
    dataDir,
    meiliBin: process.env['MEILI_BIN'],
    log: { info: () => undefined, warn: complain, error: complain },
  });
  const memory = watchMemory(process.pid);
  try {
    const client = new Meilisearch({
      host: engine.url,
      ...(engine.masterKey === undefined ? {} : { apiKey: engine.masterKey }),
    });
    const started = performance.now();
    const tasks = [];
    for (const file of files)
      tasks.push(
        await client
          .index('raw')
          .addDocumentsFromString(readFileSync(file, 'utf8'), 'application/x-ndjson', {
            primaryKey: 'id',
          }),
      );
    for (const task of tasks) await waitForTask(client, task);
    return {
      seconds: (performance.now() - started) / 1000,
      diskMb: folderSizeMb(join(dataDir, 'engine')),
      peaks: memory.peaks(),
    };
  } finally {
    memory.stop();
    await engine.stop();
  }
}

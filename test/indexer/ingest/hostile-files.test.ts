import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { allArticles } from '../../../indexer/store/articles.ts';
import { openStore } from '../../../indexer/store/database.ts';
import { temporaryFolder } from '../../service-for-tests.ts';

const MANY = 200_000;
const lines = (count: number, line: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => line(n)).join('\n');
const record = (fields: object) => JSON.stringify({ title: '题', text: '正文。', ...fields });
const page = (body: string) => `<html><head><title>题</title></head><body>${body}`;

/** Each by its name; what they have in common is that a reader could choke on it. */
const hostile: Readonly<Record<string, string | Buffer>> = {
  '只有小于号.html': page('<'.repeat(MANY)),
  '小于号隔开.html': page('< '.repeat(MANY)),
  '小于号两兆.html': page('<'.repeat(2_000_000)),
  '套得很深.html': page('<div>'.repeat(MANY) + '文字'),
  '深表格.html': page('<table><tr><td>文'.repeat(20_000)),
  '属性很多.html': page(`<p ${lines(30_000, (n) => `a${n}=1`)}>文字`),
  '实体很多.html': page('&amp;文&lt;'.repeat(40_000)),
  '注释不收.html': page('<!--'.repeat(MANY)),
  '链接数据.html': `<script type="application/ld+json">${'['.repeat(90_000)}</script><p>文字`,
  '键很多.md': `---\n${lines(60_000, (n) => `k${n}: v`)}\n---\n正文在这里。`,
  '前言很深.md': `---\ntitle: 题\nk: ${'['.repeat(50_000)}\n---\n正文在这里。`,
  '引用翻倍.md': `---\na: &a [笑, 笑]\n${lines(30, (n) => `b${n}: &b${n} [*${n === 0 ? 'a' : `b${n - 1}`}, *${n === 0 ? 'a' : `b${n - 1}`}]`)}\n---\n正文在这里。`,
  '标题很多.md': lines(20_000, (n) => `## 标题${n}`),
  '括号不收.md': `# 题\n\n${'['.repeat(190_000)}`,
  '链接套着.md': `# 题\n\n${'[a]('.repeat(20_000)}`,
  '行很多.txt': lines(30_000, (n) => `第${n}家企业在贵阳高新区投产，总投资${n}亿元。`),
  '头与文.txt': lines(
    4_000,
    (n) => `贵阳高新区第${n}家企业投产\n\n企业投产，项目总投资${n}亿元。\n`,
  ),
  '一栏到底.txt': lines(40_000, () => '企业在贵阳高新区投产，记者从'),
  '署名很多.txt': `园区招商\n\n园区招商有成。\n\n${lines(20_000, () => '本报记者 张三')}`,
  '日期很多.txt':
    '园区招商\n\n园区招商有成。\n\n' + lines(20_000, (n) => `2022年3月${(n % 28) + 1}日`),
  '空行很多.txt': `园区新闻${'\n'.repeat(1_000_000)}完`,
  '一行五兆.txt': '园'.repeat(1_700_000),
  '单字节尾.txt': Buffer.concat([Buffer.from('\ufeff园区新闻', 'utf16le'), Buffer.from([1])]),
  '乱国标.txt': Buffer.from(Array.from({ length: 50_000 }, (_, n) => (n % 2 === 0 ? 0x81 : 0xff))),
  '嵌套.jsonl': `{"title":"题","text":"文","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
  '标题一兆.jsonl': record({ title: '题'.repeat(1_000_000) }),
  '园区很多.jsonl': record({ text: '贵阳高新区、'.repeat(20_000) }),
  '日子很多.jsonl': record({ text: `2022年${'3月5日、'.repeat(20_000)}` }),
  '列很多.csv': `title,text,${lines(MANY, (n) => `c${n}`).replaceAll('\n', ',')}\n题,文`,
  '引号不收.csv': `title,text\n${lines(5_000, () => '"a')}`,
  '旁注.txt': '有旁注的一页。',
  '旁注.txt.meta.yaml': `source: ${'['.repeat(30_000)}`,
  [`${'长'.repeat(80)}.txt`]: '名字很长的一页，贵阳高新区。',
};

const reported = z.object({
  files: z.object({ seen: z.number(), taken: z.number(), rejected: z.number() }),
  findings: z.array(
    z.object({
      file: z.string(),
      place: z.string(),
      severity: z.string(),
      reason: z.string().min(1),
      remedy: z.string().min(1),
    }),
  ),
});

let folder: string;
beforeAll(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'in'));
  for (const [name, content] of Object.entries(hostile))
    writeFileSync(join(folder, 'in', name), content);
  // Read last: whatever came before must not have ended the run.
  writeFileSync(
    join(folder, 'in', '龥好.jsonl'),
    record({ title: '好文章', text: '贵阳高新区的好文章。' }),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('taking in files that a reader could choke on', () => {
  it('ends, names each that is not taken, and stores what is good', async () => {
    const { code, output } = await index(['in', '--report', 'report.json']);
    expect(code, output).toBe(2);
    const { files, findings } = reported.parse(
      JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')),
    );
    expect(files.seen).toBe(
      Object.keys(hostile).filter((name) => !name.endsWith('meta.yaml')).length + 1,
    );
    const data = readdirSync(join(folder, 'data'), { withFileTypes: true, recursive: true });
    const written = data
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(written.filter((file) => (statSync(file).mode & 0o077) !== 0)).toEqual([]);
    const store = openStore(join(folder, 'data'));
    const stored = new Set([...allArticles(store)].map(({ origin }) => origin.file));
    const titles = new Set([...allArticles(store)].map(({ title }) => title));
    store.close();
    expect(titles).toContain('好文章');
    const named = new Set(findings.map(({ file }) => resolve(folder, file)));
    for (const name of Object.keys(hostile)) {
      if (name.endsWith('.meta.yaml')) continue;
      const file = join(folder, 'in', name);
      expect(stored.has(file) || named.has(file), name).toBe(true);
    }
  }, 900_000);
});

function index(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const root = resolve(import.meta.dirname, '../../..');
  const { PATH, HOME } = process.env;
  const loader = import.meta.resolve('tsx');
  const limits = ['--max-old-space-size=768', '--max-semi-space-size=16'];
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [...limits, '--import', loader, join(root, 'indexer/cli.ts'), 'index', ...args],
      { cwd: folder, env: { PATH, HOME, DATA_DIR: join(folder, 'data') }, maxBuffer: 64 << 20 },
      (_, stdout, stderr) => done({ code: child.exitCode, output: stdout + stderr }),
    );
  });
}

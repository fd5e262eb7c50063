import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../service-for-tests.ts';
import { exited, trackProcesses, type Started } from '../service-process.ts';
import { htmlFaults } from './pages/html-faults.ts';

const processes = trackProcesses();
const folder = temporaryFolder();
let service: Started;
let address: string;

beforeAll(async () => {
  const { MEILI_URL, MEILI_MASTER_KEY, MEILI_BIN } = process.env;
  const engine = Object.entries({ MEILI_URL, MEILI_MASTER_KEY, MEILI_BIN }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  service = processes.run('server/main.ts', [], {
    ...Object.fromEntries(engine),
    DATA_DIR: folder,
    PORT: '0',
  });
  address = `http://127.0.0.1:${await said(/打开端口 (\d+) 可以看进度/u)}`;
});

afterAll(async () => {
  await processes.end();
  rmSync(folder, { recursive: true, force: true });
});

/** What the pattern's group finds in what the service writes, as soon as it does. */
async function said(pattern: RegExp): Promise<string> {
  for (;;) {
    const found = pattern.exec(service.output())?.[1];
    if (found !== undefined) return found;
    expect(service.child.exitCode, service.output()).toBeNull();
    await sleep(10);
  }
}

async function ask(path: string) {
  const response = await fetch(`${address}${path}`);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('The first minute of an empty DATA_DIR', () => {
  it('is alive at once, not ready, and tells programs to come again', async () => {
    expect((await ask('/healthz')).status).toBe(200);
    expect(await ask('/readyz')).toMatchObject({
      status: 503,
      text: expect.stringContaining('"status":"not-ready"') as string,
    });
    const { status, headers, text } = await ask('/api/search?q=x');
    expect([status, headers.get('retry-after')]).toEqual([503, '2']);
    expect(JSON.parse(text)).toMatchObject({
      error: { code: 'index-not-ready', message: expect.stringMatching(/^正在.+请稍/u) as string },
    });
    expect(service.output()).not.toContain('已就绪');
    // Whoever starts it takes its address for the sign that it is ready.
    expect(service.output()).not.toContain('http://');
  });

  it('shows in the style of the site what is being done, until the start page is there', async () => {
    const steps: string[] = [];
    let page = await ask('/');
    while (page.status === 503) {
      const { document } = parseHTML(page.text);
      expect(document.querySelector('h1')?.textContent).toBe('正在准备');
      expect(document.querySelector('progress')).not.toBeNull();
      expect(page.headers.get('refresh')).toBe('2');
      expect(page.text).not.toMatch(/还没有|npm run index/u);
      const step = document.querySelector('main [role=status]')!.textContent;
      if (step !== steps.at(-1)) {
        expect(await htmlFaults(page.text)).toEqual([]);
        const style = document.querySelector('link[rel=stylesheet]')!.getAttribute('href')!;
        expect((await ask(style)).status).toBe(200);
        steps.push(step);
      }
      await sleep(5);
      page = await ask('/');
    }
    expect(page.status).toBe(200);
    expect(page.headers.get('refresh')).toBeNull();
    expect(page.text).toContain('148 篇');
    expect(page.text).not.toMatch(/还没有|npm run index/u);
    for (const step of steps) expect(step).toMatch(STEP);
    expect(steps.join('\n')).toMatch(
      /正在收录示例数据：\d+\/96 个文件，\d+ 篇报道\n[^]*正在建立索引/u,
    );
  });

  it('ends with the line that says that it is ready, and with answers', async () => {
    expect(await said(/已就绪：(\S+)/u)).toBe(address);
    expect((await ask('/readyz')).status).toBe(200);
    expect((await ask('/api/search?q=%E8%B4%B5%E9%98%B3')).status).toBe(200);
  });
});

it('Told to stop while the samples are taken in, the service ends', async () => {
  const dataDir = temporaryFolder();
  const { child, output } = processes.run('server/main.ts', [], { DATA_DIR: dataDir, PORT: '0' });
  while (!output().includes('先收录随附的示例数据')) {
    expect(child.exitCode, output()).toBeNull();
    await sleep(10);
  }
  child.kill('SIGTERM');
  expect(await exited(child)).toBe(1);
  expect(output()).toContain('启动中收到停止信号');
  rmSync(dataDir, { recursive: true, force: true });
});

const STEP =
  /^正在(打开文章库和词表|启动检索引擎|收录示例数据：\d+\/96 个文件，\d+ 篇报道|建立索引(（已完成 \d+%）)?)$/u;

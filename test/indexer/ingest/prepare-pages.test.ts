import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { loadGazetteer } from '../../../config/gazetteer.ts';
import { createAnnotators } from '../../../indexer/annotators/annotators.ts';
import { loadContinuationModel } from '../../../indexer/articles/continuation-model.ts';
import { createPagePreparer } from '../../../indexer/ingest/prepare-page.ts';
import type { Page } from '../../../indexer/readers/page.ts';
import { openWorkerPool } from '../../../indexer/core/worker-pool.ts';
import { startPagePreparation, type PagePool } from '../../../indexer/ingest/prepare-pages.ts';

const gazetteer = loadGazetteer();
const preparePage = createPagePreparer(loadContinuationModel(), createAnnotators(gazetteer));

const pages = Array.from({ length: 90 }, (_, n): Page => {
  const title = `贵阳高新区第${n}家企业投产`;
  const text = `${title}\n\n本报讯 2月3日，第${n}家企业在贵阳高新区投产，园区企业达到${n + 100}家。`;
  const layout = n % 9 === 0 ? 'story' : 'newspaper';
  return {
    type: 'page',
    file: '版.txt',
    place: `第 ${n} 条`,
    layout,
    text,
    metadata: { dates: [] },
  };
});

function openThreads(): PagePool {
  const module = new URL('../../../indexer/ingest/page-thread.ts', import.meta.url);
  return openWorkerPool({ module, threads: 1, data: gazetteer });
}

describe('startPagePreparation', () => {
  it('makes the same of every page in threads as without', async () => {
    const threads = openThreads();
    while (!threads.isReady()) await sleep(20);
    let inThreads = 0;
    const run: PagePool['run'] = (items) => ((inThreads += items.length), threads.run(items));
    const preparation = startPagePreparation(preparePage, () => ({ ...threads, run }));
    try {
      const first = await preparation.prepare(pages.slice(0, 75));
      const second = await preparation.prepare(pages.slice(75));
      expect([...first, ...second]).toEqual(pages.map(preparePage));
      expect(inThreads).toBe(pages.filter(({ layout }) => layout === 'newspaper').length);
    } finally {
      await preparation.close();
    }
  });

  it('opens no threads for a few pages', async () => {
    const preparation = startPagePreparation(preparePage, () => {
      throw new Error('too early');
    });
    expect(await preparation.prepare(pages.slice(0, 30))).toHaveLength(30);
    expect(preparation.ahead()).toBe(0);
  });

  it('makes a rejection, with place and remedy, of a page that cannot be prepared', async () => {
    const preparation = startPagePreparation((page) => {
      if (page.place === '第 1 条') throw new Error('坏页');
      return preparePage(page);
    });
    const [whole, broken] = await preparation.prepare(pages.slice(0, 2));
    expect(whole).toEqual(preparePage(pages[0]!));
    expect(broken).toMatchObject({ severity: 'rejected', file: '版.txt', place: '第 1 条' });
    expect(broken).toHaveProperty('reason', expect.stringContaining('坏页'));
  });
});

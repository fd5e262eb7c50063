import { vastPages } from '../../fuzz/attacks/vast-pages.ts';
import { pick } from '../../fuzz/attacks/attack.ts';
import { vastArticles } from '../../fuzz/vast-articles.ts';
import { ended } from '../ended.ts';
import type { Fault } from '../fault.ts';
import { targetOf } from '../target.ts';

const MARKS_FROM = 9_000_000;

/** Articles of up to 50,000 lines, 500,000 paragraphs or 1.5 million characters, and their pages. */
export const vastNews: Fault = {
  name: 'vast articles',
  measured: 'all',
  async run(site) {
    const { arena, ledger, random, lose } = site;
    const all = vastArticles('vast', 0.2 + 0.8 * random());
    const { id, title, text } = pick(all, random);
    const mark = String(MARKS_FROM + all.findIndex((one) => one.id === id));
    const article = {
      id,
      title: `${title} 备案${mark}`,
      text,
      date: '2024-01-01',
      mark,
      themes: [],
      park: '',
    };
    ledger.offered.set(id, article);
    const status = await ended(arena.startIndexer([article], id));
    if (status !== 0) return lose(`超长文章 ${id}（${text.length} 字）：${status}`);
    if (!ledger.acknowledged.some((one) => one.id === id)) ledger.acknowledged.push(article);
    await vastPages.run(targetOf(site, [id]), random);
  },
};

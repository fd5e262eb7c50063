import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadContinuationModel } from '../../../indexer/articles/continuation-model.ts';
import { splitPage } from '../../../indexer/articles/split-page.ts';
import type { TrainingStory } from '../../bench/training-text.ts';
import { seededRandom } from '../../bench/jumbled-pages.ts';
import { addScore, emptyScore, scorePage } from '../../bench/page-scores.ts';
import { PAGE_VARIANTS, variantPage } from '../../bench/page-variants.ts';
import { judgeArticles } from '../../bench/reliability.ts';
import { expectWholePage, pageOf } from './whole-page.ts';

const model = loadContinuationModel();
const stories = sampleStories();

describe.each(PAGE_VARIANTS)('splitPage on a page jumbled so: $name', (variant) => {
  it('loses and doubles no character', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const page = pageOf(variantPage(stories, variant, seededRandom(seed)).text);
        expectWholePage(page, splitPage(page, model));
      }),
      { numRuns: 12 },
    );
  });

  it('gives nine of ten passages, and more, to their stories', () => {
    const random = seededRandom(11);
    const total = emptyScore();
    for (let number = 0; number < 30; number++) {
      const { text, gold } = variantPage(stories, variant, random);
      addScore(total, scorePage(splitPage(pageOf(text), model).articles, gold));
    }
    expect(total.anchors).toBeGreaterThan(300);
    expect(total.found / total.anchors).toBeGreaterThanOrEqual(0.9);
    expect(total.titlesRight / total.titles).toBeGreaterThanOrEqual(0.9);
  });
});

describe('the confidence of an article', () => {
  it('is high for articles that are right and lower for those that are not', () => {
    const judged = PAGE_VARIANTS.flatMap((variant) => {
      const random = seededRandom(23);
      return Array.from({ length: 12 }, () => {
        const { text, gold } = variantPage(stories, variant, random);
        return judgeArticles(splitPage(pageOf(text), model).articles, gold);
      }).flat();
    });
    const share = (some: typeof judged): number =>
      some.filter(({ isRight }) => isRight).length / some.length;
    const sure = judged.filter(({ confidence }) => confidence >= 0.9);
    expect(sure.length).toBeGreaterThan(judged.length / 4);
    expect(share(sure)).toBeGreaterThanOrEqual(0.9);
    expect(share(judged.filter(({ confidence }) => confidence < 0.9))).toBeLessThan(
      share(sure) - 0.05,
    );
  });
});

/** The longer posts of the sample corpus. */
function sampleStories(): TrainingStory[] {
  const folder = new URL('../../../config/sample-corpus/posts/', import.meta.url);
  return readdirSync(folder).flatMap((file) => {
    const text = readFileSync(new URL(file, folder), 'utf8');
    const title = /^title: (.+)$/m.exec(text)?.[1]?.replace(/^["']|["']$/g, '');
    const paragraphs = Array.from(text.matchAll(/<p>(.+?)<\/p>/g), (match) => match[1]!).filter(
      (paragraph) => !/<|示例数据|内容虚构/.test(paragraph),
    );
    return title === undefined || paragraphs.join('').length < 180
      ? []
      : [{ file, title, paragraphs }];
  });
}

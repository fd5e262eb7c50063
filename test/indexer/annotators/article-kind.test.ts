import { describe, expect, it } from 'vitest';
import { articleKind } from '../../../indexer/annotators/annotate-article.ts';
import { makeArticle } from './make-article.ts';

describe('articleKind', () => {
  const long = '园区签约。'.repeat(60);
  const kinds: readonly [string, ReturnType<typeof makeArticle>, string][] = [
    ['a picture and its caption', makeArticle('题', '', { captions: ['园区一角。'] }), 'photo'],
    ['a text that only explains a picture', makeArticle('题', '图为园区车间。'), 'photo'],
    ['a short item', makeArticle('题', '园区签约。'), 'brief'],
    ['a short item with a photographer named', makeArticle('图片新闻', '园区车间。'), 'photo'],
    ['what its label calls a brief', makeArticle('题', long, { kicker: '简讯' }), 'brief'],
    ['a long text', makeArticle('题', long), 'story'],
    ['a long text with pictures', makeArticle('题', long, { captions: ['图为车间。'] }), 'story'],
    ['nothing', makeArticle('题', ''), 'brief'],
  ];
  it.each(kinds)('knows %s', (_, article, kind) => expect(articleKind(article)).toBe(kind));
});

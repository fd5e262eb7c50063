import { describe, expect, it } from 'vitest';
import { closesStory, endsSentence, unbalanced } from '../../../indexer/articles/sentence-shape.ts';

describe('endsSentence', () => {
  it.each([
    '开工了。',
    '他说：“好。”',
    '好。（记者 张示例）',
    '增长2.65%！',
    '如何是好……',
    '开工。(示例，内容虚构)',
  ])('is true for %s', (text) => expect(endsSentence(text)).toBe(true));
  it.each(['研究出台十七份主导政', '同比增长', '他表示，', '贵州（贵阳）', '占2.', '第一；'])(
    'is false for %s',
    (text) => expect(endsSentence(text)).toBe(false),
  );
});

describe('closesStory', () => {
  it.each(['好。（记者 张示例）', '他说：“好。” (作者系示例所研究员)'])('is true for %s', (text) =>
    expect(closesStory(text)).toBe(true),
  );
  it.each(['开工了。', '贵州（贵阳）', '（记者 张示例）开工了。', '好。（见'])(
    'is false for %s',
    (text) => expect(closesStory(text)).toBe(false),
  );
});

describe('unbalanced', () => {
  it.each([
    ['这种“政', { closedBefore: 0, leftOpen: 1 }],
    ['企合作”“市场”', { closedBefore: 1, leftOpen: 0 }],
    ['1)第一点（好）', { closedBefore: 0, leftOpen: 0 }],
  ])('of %s', (text, expected) => expect(unbalanced(text)).toEqual(expected));
});

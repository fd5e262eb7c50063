import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHighlighter } from '../../../server/highlight/highlight.ts';
import { NO_FORMS } from '../../../server/highlight/match-spans.ts';
import { escapeHtml } from '../../../server/html/safe-html.ts';
import { createRewriters, rewriteQuery } from '../../../server/rewrites/rewrites.ts';
import { toClauses } from '../../../server/search/clause.ts';
import { matchForms } from '../../../server/search/understanding.ts';
import { analyzer, gazetteer, isStopWord, lists, treeOf, TODAY } from '../rewrites/rewriting.ts';

const { markText, markLines, excerpt } = createHighlighter(analyzer);
const rewriters = createRewriters({ ...lists, analyzer });

/** What is marked for a query, rewritten as the service rewrites it. */
function formsOf(query: string) {
  const { tree } = rewriteQuery(treeOf(query), rewriters, { literal: new Set(), today: TODAY });
  return matchForms(toClauses(tree), { analyzer, gazetteer, isStopWord });
}

/** `<mark>` as `[` and `]`. */
const shown = (html: string) => html.replaceAll('<mark>', '[').replaceAll('</mark>', ']');
const marked = (query: string, text: string) => shown(markText(text, formsOf(query)));

describe('markText', () => {
  it.each<[query: string, text: string]>([
    ['贵阳高新区', '[贵阳高新区]与[贵阳国家高新区]是同一个园区'],
    ['贵阳高新区', '[貴陽高新區]揭牌'],
    ['貴陽國家高新區', '[贵阳高新区]揭牌'],
    ['跨境电商', '[跨境电商]进园，[跨境電商]出海'],
    ['头发', '護理[頭髮]，發展經濟'],
    ['3.8%', '增长[３．８％]'],
    ['2025', '[二〇二五]年、[2025]年与12025号'],
    ['1', '第[1]家，2.1万台，1,180人'],
    ['51万', '投资[51万]元，即[五十一万]元、[510,000]元'],
    ['ai', 'he said [AI], [ＡＩ] and OpenAI'],
    ['创新 发展', '[创新发展]，[创新]驱动[发展]'],
    ['"区招商"', '园[区招商]，区内招商'],
    ['"aid A"', 'he s[aid A]I'],
    ['招商 -签约', '[招商]签约'],
    ['标题:招商', '[招商]会'],
  ])('%s', (query, expected) => {
    expect(marked(query, expected.replace(/[[\]]/g, ''))).toBe(expected);
  });

  it('marks synonyms', () => {
    expect(marked('综保区', '综合保税区')).toContain('[综合保税区]');
  });

  it('does not mark the single characters of an unknown name elsewhere', () => {
    const text = '王小波说，国王来了';
    const marks = marked('王小波', text);
    expect(marks).not.toContain('国[王]');
    expect(marks).toContain('[王小波]');
  });

  it('escapes once', () => {
    expect(markText('a<b>&amp; 招商', formsOf('招商'))).toBe(
      'a&lt;b&gt;&amp;amp; <mark>招商</mark>',
    );
  });
});

describe('markLines', () => {
  it('goes on from one line into the next', () => {
    expect(markLines('已获批准。\n招商进入', formsOf('"批准。 招商"')).map(shown)).toEqual([
      '已获[批准。]',
      '[招商]进入',
    ]);
  });
});

describe('excerpt', () => {
  const filler = '这是一句没有要找的内容的话。';
  const cut = (query: string, ...texts: string[]) => shown(excerpt(texts, formsOf(query)));

  it('is the beginning where nothing matches', () => {
    const text = filler.repeat(40);
    const passage = cut('跨境电商', text);
    expect(passage.endsWith('。…')).toBe(true);
    expect(text.startsWith(passage.slice(0, -1))).toBe(true);
  });

  it('begins and ends with a sentence', () => {
    const passage = cut('人才公寓', `${filler.repeat(20)}“人才公寓交付。”${filler.repeat(20)}`);
    expect(passage.startsWith('…“[人才公寓]交付。”这是')).toBe(true);
    expect(passage.endsWith('。…')).toBe(true);
  });

  it('shows two passages where no single one has all words', () => {
    const text = `${filler.repeat(5)}跨境电商来了。${filler.repeat(20)}人才公寓交付。${filler.repeat(5)}`;
    const passage = cut('跨境电商 人才公寓', text);
    expect(passage).toContain('[跨境电商]来了。');
    expect(passage).toContain('[人才公寓]交付。');
    expect(passage.length).toBeLessThan(200);
  });

  it('prefers the place where the words stand side by side', () => {
    const text = `创新很多。发展很多。${filler.repeat(20)}创新发展大会召开。${filler.repeat(9)}`;
    expect(cut('创新发展', text)).toContain('[创新发展]');
  });

  it('turns to the captions when the text has no match', () => {
    expect(cut('人才公寓', filler, '图为人才公寓。')).toBe('图为[人才公寓]。');
  });

  it('is empty for no text', () => {
    expect(excerpt([], NO_FORMS)).toBe('');
  });
});

describe('any text', () => {
  const form = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }),
    fc.constantFrom('招商', '2025', '51万', 'ai', '㎡', '頭髮', 'é', ' '),
  );
  const text = fc
    .array(fc.oneof(form, fc.constantFrom('。', '\n', '<b>', '&amp;', '二〇二五', '<mark>')))
    .map((pieces) => pieces.join(''));
  const forms = fc.record({
    phrases: fc.array(form, { maxLength: 3 }),
    words: fc.array(form, { maxLength: 3 }),
    numbers: fc.array(fc.constantFrom('2025', '510000'), { maxLength: 2 }),
  });
  const withoutMarks = (html: string) => html.replace(/<\/?mark>/g, '');

  it('is the escaped original once the marks are removed', () => {
    fc.assert(
      fc.property(text, forms, (original, found) => {
        expect(withoutMarks(markText(original, found))).toBe(escapeHtml(original));
        expect(markLines(original, found).map(withoutMarks).join('\n')).toBe(escapeHtml(original));
      }),
    );
  });

  it('has an excerpt whose pieces are its own', () => {
    fc.assert(
      fc.property(text, forms, (original, found) => {
        const pieces = withoutMarks(excerpt([original.replaceAll('…', '')], found)).split('…');
        for (const piece of pieces)
          expect(escapeHtml(original.replaceAll('…', ''))).toContain(piece);
      }),
    );
  });
});

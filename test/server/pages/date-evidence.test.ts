import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { loadEnglishPhrases } from '../../../config/english-phrases.ts';
import { findPublication } from '../../../indexer/annotators/publication-date.ts';
import type { DateClue, Page } from '../../../indexer/readers/page.ts';
import type { Language } from '../../../server/languages/language.ts';
import { createLocaliser } from '../../../server/languages/localise.ts';
import { dateEvidenceHtml } from '../../../server/pages/date-text.ts';
import { rewriteInterface } from '../../../server/html/safe-html.ts';

const localise = createLocaliser(loadEnglishPhrases().pages);
const HAN = /\p{Script=Han}/u;

function say(evidence: string, language: Language) {
  const said = rewriteInterface(dateEvidenceHtml(evidence), (words) => localise(words, language));
  const { document } = parseHTML(`<p>${said}</p>`);
  const whole = document.querySelector('p')!.textContent;
  for (const quote of document.querySelectorAll('bdi')) quote.remove();
  return { whole, own: document.querySelector('p')!.textContent };
}

function evidenceOf(text: string, ...dates: readonly DateClue[]): string {
  const page: Page = {
    type: 'page',
    file: 'page.txt',
    place: '',
    layout: 'newspaper',
    text,
    metadata: { dates },
  };
  return findPublication(page, 2026).evidence;
}

describe('how a date was known', () => {
  it.each([
    [
      '全版最晚的已发生日期是“3月1日”，年份取自“2022年”；只能取到月',
      'the latest past day on the page is “3月1日”, the year is that of “2022年”; the day stays unknown',
      '全版最晚的已發生日期是“3月1日”，年份取自“2022年”；只能取到月',
    ],
    [
      '正文没有月日，“去年的规划”已成过去，年份取 2022 年',
      'no month and day in the text, “去年的规划” is past, so that the year is 2022',
      '正文沒有月日，“去年的规划”已成過去，年份取 2022 年',
    ],
    [
      '正文已有截至6月的数字，晚于“5月3日”，月份不能确定',
      'the text has figures up to June, which is later than “5月3日”, so that the month is uncertain',
      '正文已有截至6月的數字，晚於“5月3日”，月份不能確定',
    ],
  ])('is said in other languages, what is quoted as printed: %s', (evidence, en, traditional) => {
    expect(say(evidence, 'en').whole).toBe(en);
    expect(say(evidence, 'zh-Hant').whole).toBe(traditional);
    expect(say(evidence, 'zh-Hans').whole).toBe(evidence);
  });

  it.each([
    evidenceOf(''),
    evidenceOf('3月1日，记者获悉。'),
    evidenceOf('早在2015年就有规划。'),
    evidenceOf('本报贵阳3月1日电 2021年全年完成了任务。'),
    evidenceOf('3月1日，记者获悉，2021年全年完成了任务，2022年将启动。'),
    evidenceOf('2022年1月至6月完成产值。5月3日，记者获悉。2021年全年增长。'),
    evidenceOf('2022年3月1日，记者获悉。'),
    evidenceOf('园区开工。（2022年3月7日）'),
    ...(['record', 'front-matter', 'html-meta', 'sidecar', 'file-name'] as const).map((origin) =>
      evidenceOf('3月1日，记者获悉。', { text: '2022-03', origin }),
    ),
    evidenceOf('', { text: '2022', origin: 'sidecar' }, { text: '2022-03-01', origin: 'record' }),
  ])('has no Chinese of ours left in English: %s', (evidence) => {
    expect(evidence).not.toBe('');
    expect(say(evidence, 'en').own).not.toMatch(HAN);
  });

  it('shows every character of any text', () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom('“', '”', '，', '；', '年份取自', '<b>'));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const evidence = pieces.join('').replace(/[\s\p{Cc}]/gu, '');
        expect(say(evidence, 'zh-Hans').whole).toBe(evidence);
      }),
    );
  });
});

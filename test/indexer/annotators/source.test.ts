import { describe, expect, it } from 'vitest';
import type { Annotation } from '../../../indexer/annotators/annotation.ts';
import { createSourceAnnotator } from '../../../indexer/annotators/source.ts';
import { makeArticle, makePage } from './make-article.ts';

const annotator = createSourceAnnotator();

function valuesOf(found: readonly Annotation[]): Record<string, string> {
  return Object.fromEntries(
    found.flatMap((one) =>
      one.type === 'source' || one.type === 'section' ? [[one.type, one.value]] : [],
    ),
  );
}

describe('createSourceAnnotator', () => {
  it('believes the metadata first', () => {
    const page = makePage('科技日报 2022年3月7日 第5版', {
      metadata: { dates: [], source: '示例园区导报', section: '第03版：园区' },
    });
    expect(
      valuesOf(annotator.annotate(makeArticle('题', '科技日报讯（记者 甲）', { page }), [])),
    ).toEqual({
      source: '示例园区导报',
      section: '第03版：园区',
    });
  });

  const headers: readonly [string, Record<string, string>][] = [
    ['科技日报 2022年3月7日 星期一 第5版', { source: '科技日报', section: '第5版' }],
    ['第03版 园区 2022年4月12日\n示例科技报', { section: '第03版：园区' }],
    [
      '示例园区导报　2022年3月7日　A05版：产业',
      { source: '示例园区导报', section: '第A05版：产业' },
    ],
    ['没有报头的版面，科技日报', {}],
  ];
  it.each(headers)('reads the header %s', (header, expected) => {
    const page = makePage(`${header}\n\n标题\n\n本报讯 正文。`);
    expect(
      valuesOf(annotator.annotate(makeArticle('标题', '本报讯 正文。', { page }), [])),
    ).toEqual(expected);
  });

  const texts: readonly [string, string | undefined][] = [
    ['正文。（文章来源：科技日报）', '科技日报'],
    ['正文。\n来源：示例产业观察', '示例产业观察'],
    ['正文。图片来源：湘潭高新区', undefined],
    ['科技日报讯（记者 甲乙）日前，园区签约。', '科技日报'],
    ['园区负责人在接受科技日报记者采访时说。', '科技日报'],
    ['新华社北京3月7日电 消息。', '新华社'],
    ['贵州日报讯（记者 甲乙）消息。', '贵州日报'],
    ['据科技日报报道，消息。', undefined],
    ['本报讯 消息。', undefined],
    ['这是一份简报，来源：综合', undefined],
  ];
  it.each(texts)('reads %s', (text, source) => {
    const article = makeArticle('题', text);
    const found = annotator.annotate(article, []).find(({ type }) => type === 'source');
    expect(found?.type === 'source' ? found.value : undefined).toBe(source);
    if (found?.field === 'text') expect(text.slice(found.start, found.end)).toBe(source);
  });

  it('lets another story of the page name the paper', () => {
    const page = makePage('甲\n\n本报讯 正文。\n\n乙\n\n科技日报讯（记者 丙）正文。');
    expect(valuesOf(annotator.annotate(makeArticle('甲', '本报讯 正文。', { page }), []))).toEqual({
      source: '科技日报',
    });
  });
});

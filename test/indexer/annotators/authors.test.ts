import { describe, expect, it } from 'vitest';
import { authorAnnotator, namesIn } from '../../../indexer/annotators/authors.ts';
import { makeArticle, makePage } from './make-article.ts';

function authorsOf(bylines: readonly string[], text = '正文。'): string[] {
  return authorAnnotator
    .annotate(makeArticle('题', text, { bylines }), [])
    .flatMap((found) => (found.type === 'author' ? [found.value] : []));
}

describe('authorAnnotator', () => {
  const bylines: readonly [string, readonly string[]][] = [
    ['◎ 实习生 陈样文 兰样', ['陈样文', '兰样']],
    ['本报记者 何样辉', ['何样辉']],
    ['本报记者 过样忠\n通讯员 周样洁', ['过样忠', '周样洁']],
    ['◎ 通讯员 赵样忠 晏样一 本报记者 朱样', ['赵样忠', '晏样一', '朱样']],
    ['▶ 本报特约通讯员 梁样', ['梁样']],
    ['▶ 颜样', ['颜样']],
    ['记者刘样', ['刘样']],
    ['（记者 刘 样 张 例）', ['刘样', '张例']],
    ['科技日报记者 刘样、张例', ['刘样', '张例']],
    ['本报见习记者 王样 摄影报道', ['王样']],
    ['文/王样 图/李样', ['王样', '李样']],
    ['欧阳样例 阿依·古丽', ['欧阳样例', '阿依·古丽']],
    ['本报讯', []],
  ];
  it.each(bylines)('%s', (byline, names) => expect(authorsOf([byline])).toEqual(names));

  const texts: readonly [string, readonly string[]][] = [
    ['本报讯（记者 刘样）2月3日，园区签约。', ['刘样']],
    ['科技日报讯(记者吴样锋)日前，园区签约。', ['吴样锋']],
    ['本报讯 记者 张样 通讯员 李例 报道：园区签约。', ['张样', '李例']],
    ['园区签约。（记者 王样）', ['王样']],
    ['园区签约。\n（张样 李例）', ['张样', '李例']],
    ['园区签约，记者从园区获悉消息。', []],
    ['园区签约。\n一派繁忙', []],
  ];
  it.each(texts)('finds in the text: %s', (text, names) =>
    expect(authorsOf([], text)).toEqual(names),
  );

  it('names each author once, the author of a single story first', () => {
    const page = makePage('', { layout: 'story', metadata: { dates: [], author: '刘样' } });
    const article = makeArticle('题', '（记者 刘样 张例）', { page, bylines: ['记者 张例'] });
    const found = authorAnnotator.annotate(article, []);
    expect(found.map((one) => one.type === 'author' && [one.field, one.value])).toEqual([
      ['metadata', '刘样'],
      ['byline', '张例'],
    ]);
  });
});

describe('namesIn', () => {
  it('gets to the end of a hostile line', () => {
    for (const line of ['驻'.repeat(100_000), '日报'.repeat(100_000)])
      for (const name of namesIn(line)) expect(name.end).toBeLessThanOrEqual(line.length);
  });

  it('gives the place of a name, blanks inside it included', () => {
    const line = '本报记者 刘　样 张例';
    expect(namesIn(line).map(({ start, end }) => line.slice(start, end))).toEqual([
      '刘　样',
      '张例',
    ]);
  });
});

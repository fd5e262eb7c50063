import { describe, expect, it } from 'vitest';
import {
  areNames,
  inlineBylines,
  isByline,
  opensWithDateline,
} from '../../../indexer/articles/bylines.ts';

describe('isByline', () => {
  it.each([
    '◎ 本报记者 张示例',
    '▶ 本报特约通讯员 李样报',
    '▶ 王铁',
    '◎ 实习生 陈示 李例 本报记者 何样',
    '本报记者 张示例 通讯员 周样',
    '文/刘试稿',
    '文／图 本报记者 张示明',
    '（示例记者丁）',
  ])('takes %s', (text) => expect(isByline(text)).toBe(true));

  it.each([
    '记者从园区管委会获悉，项目已经开工。',
    '园区举行记者见面会并发布年度报告',
    '聚焦光电信息',
    '（本报记者 张示明 摄）',
  ])('leaves %s', (text) => expect(isByline(text)).toBe(false));
});

describe('areNames', () => {
  it.each(['王 刚 李小明', '（欧阳修）', '张三、李四'])('takes %s', (text) =>
    expect(areNames(text)).toBe(true),
  );
  it.each(['园区动态', '高质量发展', ''])('leaves %s', (text) =>
    expect(areNames(text)).toBe(false),
  );
});

describe('inlineBylines', () => {
  it.each([
    ['本报讯(记者 刘试稿) 2月3日,园区开工。', ['记者 刘试稿']],
    ['科技日报北京3月5日电（记者张示例）园区开工。', ['记者张示例']],
    ['园区开工，首批项目落地。（本报记者 张示例）', ['本报记者 张示例']],
    ['园区开工，首批项目落地。', []],
  ])('of %s', (text, expected) => expect(inlineBylines(text)).toEqual(expected));
});

describe('opensWithDateline', () => {
  it.each(['本报讯 近日，', '本报北京3月5日电 ', '示例日报讯(记者 张示例)日前，'])(
    'takes %s',
    (text) => expect(opensWithDateline(text)).toBe(true),
  );
  it('leaves a plain beginning', () => expect(opensWithDateline('近日，园区开工。')).toBe(false));
});

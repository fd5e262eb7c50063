import { describe, expect, it } from 'vitest';
import { loadGazetteer } from '../../../config/gazetteer.ts';
import { createParkNameFinder } from '../../../indexer/annotators/park-names.ts';

const finder = createParkNameFinder(loadGazetteer());

/** The names of all that a text names, in order. */
function named(text: string): string[] {
  return (finder.findInFields([text])[0] ?? []).map((found) =>
    'park' in found ? found.park.name : `unlisted:${found.unlisted}`,
  );
}

describe('parks that the gazetteer lacks', () => {
  const unlisted: readonly [string, string][] = [
    ['在河北涿州高新技术产业开发区，', '涿州高新区'],
    ['涿州市高新区企业', '涿州高新区'],
    ['记者走进清镇高新区', '清镇高新区'],
    ['贵州省贵阳市清镇高新区', '清镇高新区'],
    ['位于长治上党经济技术开发区', '上党经开区'],
    ['江苏苏州太仓高新区', '太仓高新区'],
    ['南京江宁高新区', '江宁高新区'],
    ['贵阳综合保税区与安顺综合保税区', '安顺综合保税区'],
    ['长春北湖科技园', '长春北湖科技园'],
    ['成都龙潭工业园区', '成都龙潭工业园区'],
    ['无锡经济开发区', '无锡经开区'],
  ];
  it.each(unlisted)('%s', (text, name) => {
    expect(named(text).at(-1)).toBe(`unlisted:${name}`);
  });

  const none: readonly string[] = [
    '走进高新区',
    '全国高新区的引领者',
    '国家级高新区',
    '在一个经开区里',
    '各地高新区',
    '2021年度国家高新区评价',
    '推动高质量发展高新区',
    '我国国家级经开区',
    '老牌经开区如何转型',
    '努力开创经开区工作新局面',
    '领导对国家级经开区作出指示',
    '绿色工业园区',
    '世界领先科技园区',
    '往返大兴机场和经开区',
    '该高新区、本高新区、这个高新区',
    '三个综合保税区',
    '建设工业园',
  ];
  it.each(none)('takes nothing from %s', (text) => expect(named(text)).toEqual([]));
});

import type { Random } from '../bench/typesetting.ts';

/** A short invented article whose words tell which searches may find it. */
export interface FaultArticle {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly date: string;
  /** Stands in no other article. */
  readonly mark: string;
  readonly themes: readonly string[];
  readonly park: string;
}

/** Words of no synonym list and no park name, so that who has them is beyond doubt. */
export const THEMES = [
  '稀土',
  '茶叶',
  '轴承',
  '陶瓷',
  '啤酒',
  '菌种',
  '石墨',
  '海带',
  '铝箔',
  '玻璃',
];
export const PARKS = ['贵阳高新区', '苏州工业园区', '武汉经开区', '两江新区', '合肥高新区'];

/** Yields articles without end, each with a mark of its own; the same for the same random numbers. */
export function* inventNews(random: Random): Generator<FaultArticle, never> {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
  for (let number = 1; ; number += 1) {
    const themes = [...new Set([pick(THEMES), pick(THEMES), pick(THEMES)])];
    const park = pick(PARKS);
    const mark = String(4_000_000 + number * 37 + Math.floor(random() * 37));
    const day = String(1 + Math.floor(random() * 28)).padStart(2, '0');
    yield {
      id: `fault-${number}`,
      title: `${park}${themes.join('、')}项目开工`,
      text: `${park}今日举行${themes.join('、')}项目开工仪式，备案编号${mark}。项目建成后可带动上下游企业集聚，管委会表示将做好服务。`,
      date: `2024-03-${day}`,
      mark,
      themes,
      park,
    };
  }
}

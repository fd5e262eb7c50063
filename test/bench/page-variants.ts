import type { TrainingStory } from './training-text.ts';
import { goldOf, type JumbledPage } from './jumbled-pages.ts';
import { setStory, type Random, type SetStory } from './typesetting.ts';

/** The columns of a page in the order in which they are read; a column is a list of blocks. */
type Columns = string[][];

/** One way in which pages are jumbled. */
export interface PageVariant {
  readonly name: string;
  /** Stories are taken from this share of the corpus, those that suit best. */
  readonly rank?: (story: TrainingStory) => number;
  /** Changes one set story: what stands in it and in which place. */
  readonly set?: (story: SetStory, random: Random) => SetStory;
  /** The order in which the columns of all stories are read. */
  readonly order: (stories: readonly Columns[], random: Random) => Columns;
  /** Changes the whole text. */
  readonly print?: (text: string) => string;
  /** What stands between two columns; a blank line unless told. */
  readonly blank?: string;
}

const inTurn = (stories: readonly Columns[]): Columns => stories.flat();

/** First columns of all stories, then all second ones: what reading a page row by row leaves. */
function rowByRow(stories: readonly Columns[]): Columns {
  const rows = Math.max(...stories.map((columns) => columns.length));
  return Array.from({ length: rows }, (_, row) =>
    stories.flatMap((columns) => columns.slice(row, row + 1)),
  ).flat();
}

/** A story's last column below the head and the first column of the next story. */
function tailsBelowNextHead(stories: readonly Columns[]): Columns {
  const page: Columns = [];
  let tail: Columns = [];
  for (const columns of stories) {
    page.push(columns[0]!, ...tail, ...columns.slice(1, -1));
    tail = columns.length > 1 ? columns.slice(-1) : [];
  }
  return [...page, ...tail];
}

/** A story's last columns above its own head, after another story. */
function tailsAboveOwnHead(stories: readonly Columns[]): Columns {
  return stories.flatMap((columns, number) =>
    number > 0 && number % 2 === 1 ? [...columns.slice(1), ...columns.slice(0, 1)] : columns,
  );
}

const PHOTOS = [
  ['图为园区一角。'],
  ['工人在生产线上检查产品。', '（本报记者 王样报 摄）'],
  ['图为企业技术人员调试设备。 （李例 摄）'],
  ['游客在展馆里体验互动装置。', '图片来源：示例图片社'],
];

/** A picture's caption at every place where a column ends. */
function withPhotos({ fragments, anchors }: SetStory, random: Random): SetStory {
  const photo = (): string[] => PHOTOS[Math.floor(random() * PHOTOS.length)]!;
  return { anchors, fragments: fragments.map((blocks) => [...blocks, ...photo()]) };
}

const NAMES = ['张示明', '李例', '王样报', '陈试'];

/** The by-line above or below the text, in brackets, beside the paper's name, or a name alone. */
function withByline({ fragments, anchors }: SetStory, random: Random): SetStory {
  const name = NAMES[Math.floor(random() * NAMES.length)]!;
  const columns = fragments.map((blocks) => blocks.filter((block) => !/^[◎▶]/.test(block)));
  const last = columns[columns.length - 1]!;
  const place = Math.floor(random() * 6);
  if (place === 0) columns[0]!.splice(1, 0, `□ 通讯员 ${name} 本报记者 周仿真`);
  else if (place === 1) last.push(`本报记者 ${name}`);
  else if (place === 2) last.push(`${last.pop() ?? ''}（${name}）`);
  else if (place === 3) last.push(`（作者单位：示例高新区管委会）`, name);
  else if (place === 4) columns[0]!.splice(1, 0, `文／图 本报记者 ${name}`);
  else columns[0]!.unshift(`▶ 本报特约通讯员 ${name}`);
  return { anchors, fragments: columns };
}

const FURNITURE = [
  '责编：刘编 版式设计：陈试 校对：李例',
  '编辑电话：010-00000000',
  '投稿邮箱：news@example.test',
  '（下转第4版）',
  'https://example.test/paper/2023-05/16/03.htm',
  '广告',
  '本版责编 张示明',
  '■',
];

/** Lines that belong to the page and to no story, between the columns. */
function withFurniture({ fragments, anchors }: SetStory, random: Random): SetStory {
  const line = (): string => FURNITURE[Math.floor(random() * FURNITURE.length)]!;
  return { anchors, fragments: fragments.map((blocks) => [...blocks, line()]) };
}

/** A line above the headline, one below it, and headings made of whole clauses in the text. */
function withSubheads({ fragments, anchors }: SetStory, random: Random): SetStory {
  const columns = fragments.map((blocks) => [...blocks]);
  const clauses = columns
    .flat()
    .flatMap((block) => block.match(/(?<=[，。])[\u4e00-\u9fff]{8,14}(?=[，。])/gu) ?? [])
    .filter((words) => !/[说示绍为]$/.test(words));
  const clause = (): string[] =>
    clauses.length === 0 ? [] : [clauses[Math.floor(random() * clauses.length)]!];
  for (const blocks of columns) {
    // No heading stands between a by-line and the first words below it.
    if (blocks.length > 3)
      blocks.splice(3 + Math.floor(random() * (blocks.length - 3)), 0, ...clause());
  }
  columns[0]!.splice(1, 0, ...clause().map((words) => `——${words}`));
  return { anchors, fragments: columns };
}

/** Paragraphs as lines of a column, long words broken at their ends. */
function asLines({ fragments, anchors }: SetStory, random: Random): SetStory {
  const width = 14 + Math.floor(random() * 6);
  const lines = (block: string, place: number): string => {
    if (block.length <= 30) return block;
    const set: string[] = [];
    for (let at = 0, text = `${place === 0 ? '' : '　　'}${block}`; at < text.length;) {
      let end = Math.min(text.length, at + width);
      while (end < text.length && /[，。；：、！？”’）》,.%]/.test(text[end]!)) end++;
      const breaks = /[A-Za-z]{2}/.test(text.slice(end - 1, end + 1));
      set.push(text.slice(at, end) + (breaks ? '-' : ''));
      at = end;
    }
    return set.join('\n');
  };
  return { anchors, fragments: fragments.map((blocks) => blocks.map(lines)) };
}

/** The corner quotes and wide figures of papers set in traditional type. */
function traditionalMarks(text: string): string {
  const marks: Readonly<Record<string, string>> = { '“': '「', '”': '」', '‘': '『', '’': '』' };
  return text
    .replace(/[“”‘’]/g, (mark) => marks[mark]!)
    .replace(/[0-9A-Za-z%]/g, (half) => String.fromCharCode(half.charCodeAt(0) + 0xfee0));
}

const figures = (story: TrainingStory): number => {
  const text = story.paragraphs.join('');
  return (text.match(/[0-9A-Za-z%]/g)?.length ?? 0) / text.length;
};

/** The kinds of jumble that real pages show, one at a time. */
export const PAGE_VARIANTS: readonly PageVariant[] = [
  { name: '逐行读栏', order: rowByRow },
  { name: '下一标题先于上文尾', order: tailsBelowNextHead },
  { name: '文尾先于自己的标题', order: tailsAboveOwnHead },
  { name: '图说夹在句中', order: inTurn, set: withPhotos },
  { name: '署名各处', order: inTurn, set: withByline },
  { name: '数字和外文多', order: tailsBelowNextHead, rank: figures },
  { name: '直角引号和全角', order: tailsBelowNextHead, print: traditionalMarks },
  { name: '逐行断词', order: inTurn, set: asLines },
  { name: '版面零件', order: tailsBelowNextHead, set: withFurniture },
  { name: '引题副题小标题', order: inTurn, set: withSubheads },
];

/** Returns a page of three to five stories jumbled in one way. */
export function variantPage(
  stories: readonly TrainingStory[],
  variant: PageVariant,
  random: Random,
): JumbledPage {
  const { rank } = variant;
  const fit =
    rank === undefined
      ? stories
      : [...stories].sort((a, b) => rank(b) - rank(a)).slice(0, Math.ceil(stories.length / 5));
  const count = 3 + Math.floor(random() * 3);
  const chosen: TrainingStory[] = [];
  while (chosen.length < count) {
    const story = fit[Math.floor(random() * fit.length)]!;
    if (!chosen.some((other) => other.title === story.title)) chosen.push(story);
  }
  const set = chosen.map((story) => {
    const plain = setStory(story, random);
    return variant.set?.(plain, random) ?? plain;
  });
  const columns = variant.order(
    set.map(({ fragments }) => fragments),
    random,
  );
  const text = columns.flat().join(variant.blank ?? '\n\n');
  return {
    text: variant.print?.(text) ?? text,
    gold: chosen.map((story, number) => goldOf(story, set[number]!.anchors)),
  };
}

import type { TrainingStory } from './training-text.ts';

/** 0 ≤ x < 1. */
export type Random = () => number;

/** A story as a page reader leaves it: fragments (columns) of blocks, and passages that must be found in it. */
export interface SetStory {
  readonly fragments: string[][];
  readonly anchors: readonly string[];
}

/** A line of a column; paragraphs end with `last`. */
interface SetLine {
  readonly text: string;
  readonly last: boolean;
  readonly crosshead: boolean;
}

const NAMES = ['张示明', '李例', '王样报', '陈试', '周仿真', '刘编'];
const CAPTIONS = [
  '工人在车间里检查即将下线的产品。',
  '图为园区一角。 本报记者 王样报摄',
  '游客在展厅参观互动装置。',
  '工作人员在服务大厅为群众办理业务。 图片来源：示例图片社',
];

/** Returns a story set in columns: in a flow, or in bands with a crosshead over each (read column by column). */
export function setStory(story: TrainingStory, random: Random): SetStory {
  const length = story.paragraphs.join('').length;
  const sections =
    length > 700 && random() < 0.6 ? cutIntoSections(story, random) : [story.paragraphs];
  const columns = length < 350 ? 1 : 2 + Math.floor(random() * (length > 900 ? 3 : 1));
  const width = 12 + Math.floor(random() * 8);
  const banded = sections.length > 1 && random() < 0.5;
  const bodies = banded
    ? bandColumns(sections, columns, width)
    : flowColumns(
        sections.flatMap((section, number) => linesOf(section, number > 0, width)),
        columns,
      );
  const fragments = bodies.map(blocksOf).filter((blocks) => blocks.length > 0);
  const anchors = story.paragraphs.flatMap((paragraph) => anchorsOf(paragraph, random));
  insertBesides(fragments, story, random);
  fragments[0]!.unshift(...headOf(story, fragments[0]!, random));
  return { fragments, anchors };
}

function cutIntoSections(story: TrainingStory, random: Random): string[][] {
  // Digests often give a long story as one paragraph, so sentences make the paragraphs here.
  const paragraphs = story.paragraphs.flatMap((paragraph) => {
    const sentences = paragraph.split(/(?<=[。！？]["”]?)(?!["”])/u);
    const grouped: string[] = [];
    for (const sentence of sentences) {
      const open = grouped[grouped.length - 1];
      if (open !== undefined && open.length < 60 + random() * 140)
        grouped[grouped.length - 1] = open + sentence;
      else grouped.push(sentence);
    }
    return grouped;
  });
  const count = Math.min(2 + Math.floor(random() * 3), Math.floor(paragraphs.length / 2));
  if (count < 2) return [paragraphs];
  const size = Math.ceil(paragraphs.length / count);
  const sections: string[][] = [];
  for (let at = 0; at < paragraphs.length; at += size) {
    const section = paragraphs.slice(at, at + size);
    // The first words of a section stand in for its crosshead.
    const words = /[\u4e00-\u9fff]{6,14}/u.exec(section[Math.min(1, section.length - 1)]!)?.[0];
    sections.push(at === 0 || words === undefined ? section : [words, ...section]);
  }
  return sections;
}

function linesOf(section: readonly string[], withCrosshead: boolean, width: number): SetLine[] {
  return section.flatMap((paragraph, place): SetLine[] => {
    if (withCrosshead && place === 0 && paragraph.length <= 14)
      return [{ text: paragraph, last: true, crosshead: true }];
    const lines: SetLine[] = [];
    const padded = `　　${paragraph}`;
    for (let at = 0; at < padded.length;) {
      const end = lineEnd(padded, at, width);
      lines.push({ text: padded.slice(at, end), last: end >= padded.length, crosshead: false });
      at = end;
    }
    return lines;
  });
}

/** No line begins with a closing mark or inside a number (GB/T 15834 and setters' habit). */
function lineEnd(text: string, from: number, width: number): number {
  let end = Math.min(text.length, from + width);
  while (
    end < text.length &&
    /[，。；：、！？”’）》】,;:!?%％.\d]/.test(text[end]!) &&
    end < from + width + 6
  )
    end++;
  return end;
}

function flowColumns(lines: readonly SetLine[], columns: number): SetLine[][] {
  const height = Math.ceil(lines.length / columns);
  return Array.from({ length: columns }, (_, column) =>
    lines.slice(column * height, (column + 1) * height),
  );
}

function bandColumns(
  sections: readonly (readonly string[])[],
  columns: number,
  width: number,
): SetLine[][] {
  const bands = sections.map((section, number) => {
    const lines = linesOf(section, number > 0, width);
    const crosshead = lines[0]?.crosshead === true ? lines.slice(0, 1) : [];
    const flowed = flowColumns(lines.slice(crosshead.length), columns);
    return flowed.map((column, place) => (place === 0 ? [...crosshead, ...column] : column));
  });
  return Array.from({ length: columns }, (_, column) =>
    bands.flatMap((band) => [...band[column]!, BAND_END]),
  );
}

/** Between bands a paragraph is broken off even when nothing else stands there. */
const BAND_END: SetLine = { text: '', last: true, crosshead: false };

function blocksOf(column: readonly SetLine[]): string[] {
  const blocks: string[] = [];
  let open = '';
  for (const line of column) {
    open += line.text;
    if (!line.last) continue;
    if (open.trim() !== '') blocks.push(open.trim());
    open = '';
  }
  if (open.trim() !== '') blocks.push(open.trim());
  return blocks;
}

function anchorsOf(paragraph: string, random: Random): string[] {
  const anchors: string[] = [];
  for (let at = 0; at + 30 < paragraph.length; at += 120) {
    const start = at + Math.floor(random() * Math.min(90, paragraph.length - at - 16));
    anchors.push(paragraph.slice(start, start + 14));
  }
  return anchors;
}

function headOf(story: TrainingStory, first: string[], random: Random): string[] {
  const name = NAMES[Math.floor(random() * NAMES.length)]!;
  const head = [random() < 0.3 ? story.title.replace(' ', '\n') : story.title];
  const style = random();
  if (style < 0.3) head.push(`◎本报记者 ${name}`);
  else if (style < 0.5) head.push(`▶ ${name}`);
  else if (style < 0.8) first[0] = `本报讯（记者 ${name}）${first[0] ?? ''}`;
  return head;
}

function insertBesides(fragments: string[][], story: TrainingStory, random: Random): void {
  const place = (): string[] => fragments[Math.floor(random() * fragments.length)]!;
  if (random() < 0.35) {
    const caption = CAPTIONS[Math.floor(random() * CAPTIONS.length)]!;
    const blocks = place();
    const credit = /[摄社]$/.test(caption) ? [] : ['示例图片社供图'];
    blocks.splice(Math.floor(random() * (blocks.length + 1)), 0, caption, ...credit);
  }
  const quoted = /“([^”]{26,140}[。！])”/u.exec(story.paragraphs.join(''))?.[1];
  if (quoted !== undefined && random() < 0.5) {
    const blocks = place();
    const name = NAMES[Math.floor(random() * NAMES.length)]!;
    blocks.splice(
      Math.floor(random() * (blocks.length + 1)),
      0,
      quoted,
      `${name}\n园区管委会负责人`,
    );
  }
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextRun } from '../../../indexer/readers/pdf-lines.ts';
import { pageText, pdf } from '../../../indexer/readers/pdf.ts';
import { collect, inMemoryFile } from './in-memory-file.ts';
import { matching } from './matching.ts';
import { makePdf, setColumn, type Column, type PrintedLine } from './pdf-fixture.ts';

const read = (bytes: Uint8Array) => collect(pdf.read(inMemoryFile('page.pdf', bytes)));

const LEFT = [
  '某某高新区近日召开会议部署今年的招商工作，要求各部门把服务企业放在首位。',
  '会议透露去年园区新增科技型企业一百二十家，建成孵化器三座，还为企业提供检测融',
];
const RIGHT = [
  '资等多种服务，企业满意度明显提高。',
  '下一步园区将扩大开放，加快绿色转型，建设新的实验室。',
];

/** A headline over two columns; a sentence runs on from the left column into the right. */
const TWO_COLUMNS: readonly PrintedLine[] = [
  { text: '高新区部署今年招商工作要点', x: 120, y: 80, size: 24 },
  ...setColumn(LEFT, { x: 60, y: 120, perLine: 20 }),
  ...setColumn(RIGHT, { x: 320, y: 120, perLine: 20, continues: true }),
];

describe('pdf', () => {
  it('reads columns one after the other, below the headline they share', async () => {
    const { pages, findings } = await read(makePdf([TWO_COLUMNS]));
    expect(findings).toEqual([]);
    expect(pages).toEqual([
      {
        type: 'page',
        file: 'page.pdf',
        place: '第 1 页',
        layout: 'newspaper',
        text: `高新区部署今年招商工作要点\n\n${LEFT.join('\n\n')}${RIGHT.join('\n\n')}`,
        metadata: { dates: [] },
      },
    ]);
  });

  it('reads stories side by side, and one below with other columns', async () => {
    const story = (name: string, columns: readonly Omit<Column, 'perLine'>[]): PrintedLine[] =>
      columns.flatMap((column, index) =>
        setColumn([`${name}${index}栏的文字，园区企业发展科技创新，服务越来越好。`.repeat(2)], {
          ...column,
          perLine: 10,
        }),
      );
    const page: PrintedLine[] = [
      { text: '第03版 园区', x: 40, y: 30, size: 9 },
      { text: '左文标题横跨两栏的大字', x: 40, y: 70, size: 20 },
      ...story('左', [
        { x: 40, y: 100 },
        { x: 160, y: 100 },
      ]),
      { text: '右文标题', x: 300, y: 70, size: 16 },
      ...story('右', [{ x: 300, y: 95 }]),
      { text: '下文标题横跨整页的大字甲乙丙丁戊', x: 40, y: 260, size: 20 },
      ...story('下', [
        { x: 40, y: 290 },
        { x: 200, y: 290 },
        { x: 340, y: 290 },
      ]),
    ];
    const { pages } = await read(makePdf([page]));
    expect(pages[0]?.text.split('\n\n').map((text) => text.slice(0, 4))).toEqual([
      '第03版',
      '左文标题',
      '左0栏的',
      '左1栏的',
      '右文标题',
      '右0栏的',
      '下文标题',
      '下0栏的',
      '下1栏的',
      '下2栏的',
    ]);
  });

  it('does not depend on the order of printing', async () => {
    const [{ text } = { text: '' }] = (await read(makePdf([TWO_COLUMNS]))).pages;
    const { pages } = await read(makePdf([[...TWO_COLUMNS].reverse()]));
    expect(pages[0]?.text).toBe(text);
  });

  it('makes a page of every page and reports those without text', async () => {
    const line = (text: string): PrintedLine[] => [{ text, x: 60, y: 100, size: 12 }];
    const { pages, findings } = await read(makePdf([line('第一版'), [], line('第三版')]));
    expect(pages.map(({ place, text }) => [place, text])).toEqual([
      ['第 1 页', '第一版'],
      ['第 3 页', '第三版'],
    ]);
    expect(findings).toMatchObject([{ severity: 'rejected', place: '第 2 页' }]);
  });

  it('asks for OCR where there is no text at all', async () => {
    const { pages, findings } = await read(makePdf([[], []]));
    expect(pages).toEqual([]);
    expect(findings).toMatchObject([
      {
        place: '',
        reason: matching(/没有文字层/),
        remedy: matching(/OCR/),
      },
    ]);
  });

  it('reports a locked document', async () => {
    const locked = makePdf([TWO_COLUMNS])
      .toString('latin1')
      .replace(
        '/Root 1 0 R ',
        `/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${'11'.repeat(32)}> /U <${'22'.repeat(32)}> >>`,
      );
    expect((await read(Buffer.from(locked, 'latin1'))).findings).toMatchObject([
      { severity: 'rejected', reason: matching(/密码/), remedy: matching(/去掉密码另存/) },
    ]);
  });

  it.each([
    ['no PDF', Buffer.from('本报讯')],
    ['half a PDF', makePdf([TWO_COLUMNS]).subarray(0, 700)],
    [
      'a PDF without its pages',
      Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF'),
    ],
  ])('reports %s', async (_name, bytes) => {
    const { pages, findings } = await read(bytes);
    expect(pages).toEqual([]);
    expect(findings).toMatchObject([{ severity: 'rejected' }]);
  });

  it('throws on no damage', async () => {
    const whole = makePdf([TWO_COLUMNS]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }),
        async (changes) => {
          const damaged = Buffer.from(whole);
          for (const [at, byte] of changes) damaged[at] = byte;
          const { pages, findings } = await read(damaged);
          expect(pages.length + findings.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('pageText', () => {
  const run = (text: string, x: number, y: number, size = 10): TextRun => ({
    text,
    x,
    y,
    size,
    width: text.length * size * (/^[\x00-\x7f]*$/.test(text) ? 0.5 : 1),
  });

  it.each<[name: string, runs: TextRun[], text: string]>([
    ['joins runs of a line', [run('高新', 0, 0), run('区', 20, 0)], '高新区'],
    [
      'puts a space between Latin words',
      [run('Park', 0, 0), run('News', 25, 0), run('园区', 46, 0)],
      'Park News园区',
    ],
    ['drops letters printed twice', [run('园区', 0, 0, 20), run('园区', 0.5, 0.3, 20)], '园区'],
    [
      'reads a standing headline',
      [run('园', 0, 0, 20), run('区', 0, 22, 20), run('报', 0, 44, 20)],
      '园区报',
    ],
    [
      'starts a paragraph at an indent',
      [run('一二三四五六七八九十', 0, 0), run('甲乙', 20, 15), run('丙', 0, 30)],
      '一二三四五六七八九十\n\n甲乙丙',
    ],
    [
      'starts a paragraph at another size',
      [run('标题', 0, 0, 20), run('正文', 0, 30, 10)],
      '标题\n\n正文',
    ],
    ['writes characters for radicals', [run('⾼新区⻔⼾', 0, 0)], '高新区门户'],
    [
      'keeps a space that stands out',
      [run('园', 0, 0), run('区', 10, 0), run('新', 24, 0), run('闻', 34, 0)],
      '园区 新闻',
    ],
    ['closes up spaced letters', [run('园 区 新 闻', 0, 0)], '园区新闻'],
    ['is nothing for nothing', [], ''],
  ])('%s', (_name, runs, text) => {
    expect(pageText(runs)).toBe(text);
  });

  it('loses no character, wherever the runs lie', () => {
    const place = fc.double({ min: 0, max: 600, noNaN: true });
    const anyRun = fc.record({
      text: fc.stringMatching(/^[甲-癸a-z]{1,8}$/),
      x: place,
      y: place,
      size: fc.double({ min: 4, max: 60, noNaN: true }),
      width: fc.double({ min: 0, max: 300, noNaN: true }),
    });
    const sorted = (text: string): string => Array.from(text.replace(/\s/g, '')).sort().join('');
    fc.assert(
      fc.property(
        fc.uniqueArray(anyRun, { maxLength: 40, selector: (one) => one.text }),
        (runs) => {
          expect(sorted(pageText(runs))).toBe(sorted(runs.map((one) => one.text).join('')));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes no long time over a crowded page', () => {
    const runs = Array.from({ length: 20_000 }, (_, at) =>
      run('园', (at * 37) % 600, (at * 61) % 800, 4),
    );
    expect(() => pageText(runs)).not.toThrow();
  });
});

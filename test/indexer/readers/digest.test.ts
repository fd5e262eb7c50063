import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { digest } from '../../../indexer/readers/digest.ts';
import { readSource } from '../../../indexer/readers/readers.ts';
import { createSidecarLookup } from '../../../indexer/readers/sidecar.ts';
import { findSourceFiles } from '../../../indexer/readers/source-files.ts';
import { collect, inMemoryFile } from './in-memory-file.ts';
import { temporaryFolder } from './temporary-folder.ts';

const read = (content: string, path = '20220924.md') =>
  collect(digest.read(inMemoryFile(path, content)));

const DIGEST = `# 《某某联播》 (20220924)

## 新闻摘要

1.【开局】甲地园区开工；

（《某某联播》 20220924 19:00）

## 详细新闻

### 【开局】甲地园区开工

<p><strong>某网消息</strong>：第一段。<br></p><p>第二段&lt;引用&gt;。</p>

[查看原文](https://example.com/1)

### 国内快讯

<p><strong>乙地签约</strong><br></p><p>乙地正文。</p>

#### 丙地落户

丙地正文。

### 只有视频

[查看原文](https://example.com/2)

---

(更新时间戳: 1696510505201)
`;

describe('digest', () => {
  it('makes a story of every heading with a text of its own', async () => {
    const { pages } = await read(DIGEST);
    expect(
      pages.map(({ place, layout, metadata, text }) => [place, layout, metadata.title, text]),
    ).toEqual([
      [
        '第 3 行',
        'story',
        '新闻摘要',
        '1.【开局】甲地园区开工；\n\n（《某某联播》 20220924 19:00）',
      ],
      ['第 11 行', 'story', '【开局】甲地园区开工', '某网消息：第一段。\n\n第二段<引用>。'],
      ['第 17 行', 'story', '国内快讯', '乙地签约\n\n乙地正文。'],
      ['第 21 行', 'story', '丙地落户', '丙地正文。'],
    ]);
  });

  it('dates and sources the stories by the top heading, and links the original', async () => {
    const { pages } = await read(DIGEST, 'x.md');
    expect(pages[1]?.metadata).toEqual({
      title: '【开局】甲地园区开工',
      source: '某某联播',
      url: 'https://example.com/1',
      dates: [{ text: '20220924', origin: 'front-matter' }],
    });
  });

  it('reports headings that only link', async () => {
    const { findings } = await read(DIGEST);
    expect(findings).toMatchObject([{ severity: 'doubtful', place: '第 25 行' }]);
  });

  it('keeps a rule inside the stories, and text after it', async () => {
    const { pages } = await read('## 甲\n\n一\n\n---\n\n二\n');
    expect(pages[0]?.text).toBe('一\n\n二');
  });

  it('reports text before the first heading and does not lose it', async () => {
    const { pages, findings } = await read('引言\n\n## 甲\n\n一\n');
    expect(pages.map((page) => page.layout)).toEqual(['newspaper', 'story']);
    expect(findings).toMatchObject([{ severity: 'doubtful' }]);
  });

  it('refuses headings without any text', async () => {
    expect((await read('# 甲\n\n## 乙\n')).findings).toMatchObject([{ severity: 'rejected' }]);
  });
});

const CORPUS = '../shared/corpus/news-digests-2022-2024.tar.gz';

describe.runIf(existsSync(CORPUS))('digest, on the corpus', () => {
  it('makes an article with a date of every heading with a text', async () => {
    const folder = await temporaryFolder();
    execFileSync('tar', ['xzf', CORPUS, '-C', folder]);
    const surroundings = createSidecarLookup();
    let stories = 0;
    for await (const file of findSourceFiles([folder])) {
      if ('type' in file) throw new Error(file.reason);
      const { pages, findings } = await collect(readSource(file, surroundings));
      const headed = countHeadedTexts((await file.read()).toString());
      expect([file.path, pages.length]).toEqual([file.path, headed]);
      expect(findings.filter((finding) => finding.severity === 'rejected')).toEqual([]);
      for (const page of pages) {
        expect(page.metadata.dates[0]?.text).toMatch(/^20\d{6}$/);
        expect(page.text).not.toMatch(/<\/?[a-z]|&[a-z]+;|更新时间戳/);
      }
      stories += pages.length;
    }
    expect(stories).toBeGreaterThan(12_000);
  });
});

/** Counted by other means than the reader's: split at headings, strip tags, links and the footer. */
function countHeadedTexts(markdown: string): number {
  return markdown
    .replace(/\n---\n\s*\(更新时间戳[^\n]*/g, '')
    .split(/^#{1,6} .*$/m)
    .slice(1)
    .filter((text) => text.replace(/\[查看原文\]\([^)]*\)|<[^>]+>|&nbsp;|\s/g, '') !== '').length;
}

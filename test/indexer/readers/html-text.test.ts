import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../../indexer/readers/html-text.ts';
import { markdownToText } from '../../../indexer/readers/markdown-text.ts';

describe('htmlToText', () => {
  it.each([
    [
      'blocks are paragraphs',
      '<p>甲</p><p>乙</p>丙<div>丁<div>戊</div>己</div>',
      '甲\n\n乙\n\n丙\n\n丁\n\n戊\n\n己',
    ],
    ['inline elements are none', '<p>高<b>新</b><span>区</span></p>', '高新区'],
    ['entities', '<p>A&amp;B&nbsp;&lt;35&#x3002;&hellip;</p>', 'A&B <35。…'],
    [
      'scripts and styles',
      '<p>甲<script>if(a<b)x()</script></p><style>p{}</style><!-- 乙 -->',
      '甲',
    ],
    ['hidden elements', '<p hidden>甲</p><p style="display: none">乙</p><p>丙</p>', '丙'],
    ['a break after a sentence', '<p>第一句。<br>第二句</p>', '第一句。\n\n第二句'],
    ['a break before an indent', '<p>小标题<br>　　第二段</p>', '小标题\n\n第二段'],
    ['two breaks', '<p>甲<br><br/>乙</p>', '甲\n\n乙'],
    ['a break within a sentence', '<p>一行<br>又一行</p>', '一行\n又一行'],
    ['a break at the end', '<p>甲<br></p><p>乙<br></p>', '甲\n\n乙'],
    ['line breaks in the source', '<p>高新\n  区 and\n  more</p>', '高新区 and more'],
    ['tables', '<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>', '甲 乙\n\n丙'],
    ['plain text', '甲 < 乙', '甲 < 乙'],
    ['entities for what no page may hold', '<p>甲&#x202e;乙&#0;&#xd800;</p>', '甲乙\ufffd\ufffd'],
    ['nothing', '<p> &nbsp;</p>', ''],
  ])('%s', (_name, fragment, text) => {
    expect(htmlToText(fragment)).toBe(text);
  });

  it.each([
    ['deep nesting', '<div>'.repeat(100_000) + '甲'],
    ['deep nesting that closes', `${'<b>'.repeat(50_000)}甲${'</b>'.repeat(50_000)}`],
    ['open tags', '<p'.repeat(100_000)],
    ['open comments', '<!--'.repeat(50_000)],
    ['white space', `a${' '.repeat(300_000)}b`],
    ['line breaks', `<p>甲\n${' \n'.repeat(100_000)}乙`],
    ['many paragraphs', '<p>甲'.repeat(20_000)],
  ])('gets to the end of %s', (_name, fragment) => {
    expect(htmlToText(fragment).length).toBeLessThanOrEqual(fragment.length);
  });

  it('throws on no text', () => {
    const tag = fc.constantFrom(
      '<p>',
      '</p>',
      '<br>',
      '<table>',
      '<tr>',
      '</b>',
      '<b>',
      '<',
      '&',
      '&#',
      '<!',
      '-->',
      '<svg>',
      '<template>',
      '甲',
      ' ',
      '\n',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(tag, fc.string({ unit: 'binary' })), { maxLength: 40 }),
        (parts) => {
          expect(htmlToText(parts.join(''))).not.toMatch(/\n{3}/);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('markdownToText', () => {
  it.each([
    ['headings', '# 甲 #\n## 乙\n丙', '甲\n\n乙\n\n丙'],
    ['emphasis', '**甲**和*乙*和__丙__和~~丁~~和`戊`', '甲和乙和丙和丁和戊'],
    ['stars that are none', '5*6*7 或 2 * 3', '5*6*7 或 2 * 3'],
    ['links and images', '[甲](https://a.b/c_(d) "t")![乙](x.png)<https://e.f>', '甲https://e.f'],
    ['lists', '- 甲\n- 乙\n\n1. 丙\n2. 丁', '甲\n\n乙\n\n1. 丙\n\n2. 丁'],
    ['a number at a line start', '增长\n2.99%的企业', '增长\n2.99%的企业'],
    ['quotes and rules', '> 甲\n\n---\n\n乙', '甲\n\n乙'],
    ['tables', '| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |', '甲   乙\n丙   丁'],
    [
      'HTML among it',
      '<p>甲</p>\n\n**乙**&amp;丙<br>丁\n\n<div>\n\n戊\n\n</div>',
      '甲\n\n乙&丙\n丁\n\n戊',
    ],
    ['comments and scripts over blank lines', '甲<!-- x\n\ny --><script>\n\nz</script>乙', '甲乙'],
    ['escapes', '\\*甲\\*', '*甲*'],
  ])('%s', (_name, markdown, text) => {
    expect(markdownToText(markdown).replace(/ {3}/g, '   ')).toBe(text);
  });

  it.each([
    ['brackets', '['.repeat(100_000)],
    ['links', '[a]('.repeat(30_000)],
    ['stars', '*a '.repeat(50_000)],
    ['rules', `${'- '.repeat(90_000)}x`],
    ['bars', '|-'.repeat(90_000) + 'x'],
    ['comments', '<!--'.repeat(40_000)],
  ])('gets to the end of %s', (_name, markdown) => {
    expect(markdownToText(markdown).length).toBeLessThanOrEqual(markdown.length);
  });
});

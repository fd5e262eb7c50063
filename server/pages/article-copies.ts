import { fact, list, section } from './page-parts.ts';
import { articleHref } from '../html/search-links.ts';
import type { ArticleResponse } from '../api/article-schema.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import type { TextChange, TextPiece } from '../articles/compare-texts.ts';
import { dateHtml } from './date-text.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';

/** Another copy of the same story. */
export type CopyView = Pick<
  ArticleResponse,
  'id' | 'title' | 'date' | 'source' | 'section' | 'url'
> & {
  /** From this article's text to the copy's; null when the two cannot be compared usefully. */
  readonly changes: readonly TextChange[] | null;
};

export interface CopiesView {
  readonly article: ArticleResponse;
  /** The preferred copy first when the article is not it. */
  readonly copies: readonly CopyView[];
  readonly request: SearchRequest | null;
}

/** The other copies and how each differs, folded away; links remember the search. */
export function copiesBlock({ article, copies, request }: CopiesView): SafeHtml | null {
  if (copies.length === 0) return null;
  const items = copies.map(
    (copy) =>
      html`<li>
        <a href="${text(articleHref(copy.url, request))}"><bdi>${text(copy.title)}</bdi></a>
        ${copy.id === article.duplicateOf && html`<span class="badge">检索结果显示这一份</span>`}
        <span class="meta"
          >${copy.source !== null && html`<bdi>${text(copy.source)}</bdi> `}${dateHtml(copy.date)}</span
        >
        <details class="differences">
          <summary>与本篇有何不同</summary>
          ${factDifferences(article, copy)} ${textDifferences(copy.changes)}
        </details>
      </li>`,
  );
  const more = article.duplicates.length - copies.length;
  const note = more > 0 && html`<p class="hint">另有 ${text(more)} 份没有列出。</p>`;
  return section('copies-title', '内容相同的报道', html`${list(items)} ${note}`, 'copies');
}

function factDifferences(article: ArticleResponse, copy: CopyView): SafeHtml {
  const facts = [
    { label: '标题', here: article.title, there: copy.title },
    { label: '来源', here: article.source, there: copy.source },
    { label: '日期', here: article.date, there: copy.date },
    { label: '版面', here: article.section, there: copy.section },
  ];
  const different = facts.filter(({ here, there }) => here !== there);
  if (different.length === 0) return html`<p>标题、来源、日期、版面都相同。</p>`;
  return html`<dl>
    ${different.map(({ label, here, there }) =>
      fact(label, html`本篇：${factValue(label, here)}<br />那一份：${factValue(label, there)}`),
    )}
  </dl>`;
}

function factValue(label: string, value: string | null): SafeHtml {
  if (value === null) return html`<span>不详</span>`;
  return label === '日期' ? dateHtml(value) : html`<bdi>${text(value)}</bdi>`;
}

function textDifferences(changes: CopyView['changes']): SafeHtml {
  if (changes === null) return html`<p>两份正文太长或差别太大，没有逐句对照，请打开那一份看。</p>`;
  if (changes.every(({ type }) => type === 'same')) return html`<p>正文逐句相同。</p>`;
  return html`<p class="hint">正文：<del>只在本篇</del>，<ins>只在那一份</ins>。</p>
    ${changes.map((change) => html`<p>${changeHtml(change)}</p>`)}`;
}

function changeHtml(change: TextChange): SafeHtml {
  switch (change.type) {
    case 'same':
      return sameHtml(change.sentences);
    case 'removed':
    case 'added':
      return pieceHtml({ type: change.type, text: change.sentences.join('') });
    case 'changed':
      return html`${change.pieces.map(pieceHtml)}`;
    default:
      return change satisfies never;
  }
}

/** Of a long run that both have, only its ends: the place is recognised, the page stays short. */
function sameHtml(sentences: readonly string[]): SafeHtml {
  const hidden = sentences.length - 2;
  if (hidden < 1) return html`<bdi>${text(sentences.join(''))}</bdi>`;
  return html`<bdi>${text(sentences[0] ?? '')}</bdi>
    <span class="hint">……相同的 ${text(hidden)} 句……</span>
    <bdi>${text(sentences.at(-1) ?? '')}</bdi>`;
}

function pieceHtml({ type, text: words }: TextPiece): SafeHtml {
  switch (type) {
    case 'same':
      return html`<bdi>${text(words)}</bdi>`;
    case 'removed':
      return html`<del><bdi>${text(words)}</bdi></del>`;
    case 'added':
      return html`<ins><bdi>${text(words)}</bdi></ins>`;
    default:
      return type satisfies never;
  }
}

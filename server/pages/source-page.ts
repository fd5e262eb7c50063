import { list, section } from './page-parts.ts';
import { pageName } from './article-about.ts';
import { articleHref, sourcePageHref, withQuery } from '../html/search-links.ts';
import type { SourcePage } from '../../indexer/store/stored-page.ts';
import type { ArticleDetails } from '../../indexer/store/stored-article.ts';
import type { SearchRequest } from '../api/search-schema.ts';
import { layout, type PageShell } from './layout.ts';
import { stretchFrom, type Stretch } from './long-text.ts';
import { escapeHtml, html, text, type SafeHtml, type TextSpan } from '../html/safe-html.ts';

export interface SourcePageView {
  readonly article: {
    readonly id: string;
    readonly title: string;
    readonly url: string;
    readonly parts: ArticleDetails['parts'];
  };
  readonly page: SourcePage;
  /** Where what is shown of a long page is to begin; UTF-16 in its text. */
  readonly from: number;
  /** Of the file and the place in it, as shown on the article's page. */
  readonly origin: string;
  /** The search that led to the article; null when there was none. */
  readonly request: SearchRequest | null;
}

const ROLE_LABELS: Readonly<Record<PartRole, string>> = {
  kicker: '引题',
  title: '标题',
  subtitle: '副题',
  byline: '署名',
  paragraph: '正文',
  crosshead: '小标题',
  caption: '图片说明',
};

const OPENING_LENGTH = 18;

/** `/articles/:id/page`: the raw page, the parts of one story outlined and numbered as they are read. */
export function sourcePage(shell: PageShell, view: SourcePageView): SafeHtml {
  const { article, page, request } = view;
  const stretch = stretchFrom(page.text, view.from);
  const shown = page.text.slice(stretch.start, stretch.end);
  const pieces = outlinePage(
    shown,
    article.parts.map((part) => ({ ...part, ...within(part, stretch) })),
    page.setAside.map((span) => within(span, stretch)),
  );
  return layout(shell, {
    title: `${article.title}（${pageName(page)}）`,
    page: 'article',
    request,
    main: html`<div class="toolbar">
        <a href="${text(articleHref(article.url, request))}">← 回到这篇报道</a>
      </div>
      <div class="columns">
        <section class="source" aria-labelledby="source-title">
          <h1 id="source-title">${text(pageName(page))}：<bdi>${text(article.title)}</bdi></h1>
          <p class="hint">
            <bdi>${text(view.origin)}</bdi
            >。下面是收录时的文字，一字未改；框起来的是这篇报道，编号是阅读的次序。
          </p>
          <bdi class="source-text">${pieces.map((piece) => pieceHtml(shown, piece))}</bdi>
          ${stretchNote(view, stretch)}
        </section>
        <aside class="about" aria-label="版面上的内容">
          ${partList(shown, pieces)} ${otherStories(view)}
        </aside>
      </div>`,
  });
}

/** A span of the whole page as one of the stretch; empty outside of it. */
function within(span: TextSpan, { start, end }: Stretch): TextSpan {
  const clipped = (at: number) => Math.min(Math.max(at, start), end) - start;
  return { start: clipped(span.start), end: clipped(span.end) };
}

function stretchNote({ article, page, request }: SourcePageView, stretch: Stretch) {
  const length = stretch.end - stretch.start;
  if (length === page.text.length) return null;
  const link = (from: number, label: string) =>
    html`<a
      href="${text(withQuery(sourcePageHref(article.id, request), `from=${Math.max(0, from)}`))}"
      >${text(label)}</a
    > `;
  return html`<p class="hint">
    原文很长，这里显示其中 ${text(length)} 字：
    ${stretch.start > 0 && link(stretch.start - length, '前一段')}
    ${stretch.end < page.text.length && link(stretch.end, '后一段')}
  </p>`;
}

/** The numbers come from the style sheet, so that a copied text is the page's and nothing else. */
function pieceHtml(pageText: string, piece: PagePiece): SafeHtml {
  const words = escapeHtml(pageText.slice(piece.start, piece.end));
  switch (piece.type) {
    case 'part': {
      const label = `${piece.order} ${ROLE_LABELS[piece.role]}`;
      return html`<bdi class="part" id="part-${text(piece.order)}" data-label="${text(label)}"
        >${words}</bdi
      >`;
    }
    case 'set-aside':
      return html`<bdi class="set-aside" data-label="不属于任何报道">${words}</bdi>`;
    case 'other':
      return html`<bdi>${words}</bdi>`;
    default:
      return piece satisfies never;
  }
}

function partList(pageText: string, pieces: readonly PagePiece[]): SafeHtml | null {
  const parts = pieces.flatMap((piece) => (piece.type === 'part' ? [piece] : []));
  if (parts.length === 0) return null;
  const items = parts
    .sort((a, b) => a.order - b.order)
    .map(({ order, role, start, end }) => {
      const opening = pageText.slice(start, end).replace(/\s+/gu, '');
      // Code points, so that no character is cut in two.
      const shown = Array.from(opening.slice(0, OPENING_LENGTH * 2))
        .slice(0, OPENING_LENGTH)
        .join('');
      return html`<li>
        <a href="#part-${text(order)}">${text(order)} ${text(ROLE_LABELS[role])}</a>
        <bdi>${text(shown)}${shown.length < opening.length && text('…')}</bdi>
      </li>`;
    });
  return section(
    'parts-title',
    '按阅读次序',
    html`<ol class="parts">
      ${items}
    </ol>`,
  );
}

function otherStories({ article, page, request }: SourcePageView): SafeHtml | null {
  const others = page.stories.filter(({ id }) => id !== article.id);
  if (others.length === 0) return null;
  const items = others.map(
    ({ id, title }) =>
      html`<li>
        <a href="${text(sourcePageHref(id, request))}"><bdi>${text(title)}</bdi></a>
      </li>`,
  );
  const hidden = page.storiesInAll - page.stories.length;
  const note = hidden > 0 && html`<p class="hint">另有 ${text(hidden)} 篇没有列出。</p>`;
  return section('others-title', '同一版的其他报道', html`${list(items, 'plain')} ${note}`);
}

type PartRole = ArticleDetails['parts'][number]['role'];

/** A stretch of the raw page; offsets are UTF-16. */
export type PagePiece = TextSpan &
  (
    | {
        readonly type: 'part';
        /** The place in the order of reading, from 1. */
        readonly order: number;
        readonly role: PartRole;
      }
    /** `other`: another story, or blank. */
    | { readonly type: 'set-aside' | 'other' }
  );

/**
 * The page cut into the story's parts, what was set aside, and the rest, in page order. Joining the
 * pieces gives the text back, whatever the spans are: where two overlap, the earlier keeps the place.
 */
export function outlinePage(
  text: string,
  parts: ArticleDetails['parts'],
  setAside: readonly TextSpan[],
): PagePiece[] {
  const named: PagePiece[] = [
    ...parts.map((part, at): PagePiece => ({ ...part, type: 'part', order: at + 1 })),
    ...setAside.map(({ start, end }): PagePiece => ({ type: 'set-aside', start, end })),
  ];
  const pieces: PagePiece[] = [];
  let at = 0;
  const passOver = (to: number): void => {
    if (to > at) pieces.push({ type: 'other', start: at, end: to });
    at = Math.max(at, to);
  };
  for (const piece of named.sort((a, b) => a.start - b.start)) {
    const start = Math.max(piece.start, at);
    const end = Math.min(piece.end, text.length);
    if (start >= end) continue;
    passOver(start);
    pieces.push({ ...piece, start, end });
    at = end;
  }
  passOver(text.length);
  return pieces;
}

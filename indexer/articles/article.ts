import type { Page } from '../readers/page.ts';

/** A piece of the page and what it is; offsets are UTF-16 in `page.text`. */
export interface ArticlePart {
  readonly role: 'kicker' | 'title' | 'subtitle' | 'byline' | 'paragraph' | 'crosshead' | 'caption';
  readonly start: number;
  readonly end: number;
}

/** One story as a careful librarian would cut it out of a page. */
export interface Article {
  readonly page: Page;
  readonly title: string;
  /** 引题, the line above the headline. */
  readonly kicker: string | null;
  /** 副题, the line below the headline. */
  readonly subtitle: string | null;
  /** As printed: `本报记者 何星辉`. */
  readonly bylines: readonly string[];
  /** The running text in reading order, crossheads among it, captions taken out. */
  readonly paragraphs: readonly string[];
  readonly captions: readonly string[];
  /** In reading order; one paragraph may be joined from several parts. */
  readonly parts: readonly ArticlePart[];
  /** 0–1: how likely it holds all of its story and nothing else; calibrated on jumbled pages. */
  readonly confidence: number;
}

export interface SplitPage {
  readonly articles: readonly Article[];
  /** What belongs to no story (column headers, page furniture); UTF-16 in `page.text`. */
  readonly setAside: readonly { readonly start: number; readonly end: number }[];
}

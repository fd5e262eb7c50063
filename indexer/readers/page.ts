import type { Readable } from 'node:stream';
import type { Finding } from '../core/finding.ts';

/** Where a date was found, strongest first. */
export type DateClueOrigin = 'record' | 'front-matter' | 'html-meta' | 'sidecar' | 'file-name';

export interface DateClue {
  /** As written: `2022-03-07 17:59:35 +0800`, `2022年3月`, `20230722`. */
  readonly text: string;
  readonly origin: DateClueOrigin;
}

/** What the file (not its running text) says about a page. */
export interface PageMetadata {
  /** An id the source gives the article; it becomes the article's id. */
  readonly id?: string;
  readonly title?: string;
  /** Strongest first; empty when nothing but the text can tell. */
  readonly dates: readonly DateClue[];
  /** The paper or site: 科技日报. */
  readonly source?: string;
  readonly url?: string;
  /** 版面: `第03版：园区`. */
  readonly section?: string;
  readonly author?: string;
  readonly tags?: readonly string[];
}

/** One unit that the splitter works on: a newspaper page, or a text already known to be one story. */
export interface Page {
  readonly type: 'page';
  readonly file: string;
  /** As in {@link Finding}: empty when the page is the whole file. */
  readonly place: string;
  /** `newspaper`: several stories jumbled. `story`: exactly one, its title in the metadata. */
  readonly layout: 'newspaper' | 'story';
  /** As decoded; paragraphs are separated by a blank line, `\n` only. */
  readonly text: string;
  readonly metadata: PageMetadata;
}

/** Returns a page of which only the text tells anything: several stories jumbled. */
export function pageOfNewspaper(file: string, place: string, text: string): Page {
  return { type: 'page', file, place, layout: 'newspaper', text, metadata: { dates: [] } };
}

/** Returns a page that is one story. */
export function pageOfStory(
  file: string,
  place: string,
  text: string,
  metadata: PageMetadata,
): Page {
  return { type: 'page', file, place, layout: 'story', text, metadata };
}

export interface SourceFile {
  /** As the user named it, for reports. */
  readonly path: string;
  /** The folder the user named it in: `meta.yaml` sidecars count up to here. Default: its own folder. */
  readonly root?: string;
  readonly size: number;
  /** The first 64 KiB, enough to tell formats and encodings apart. */
  readonly head: Buffer;
  /** The whole file; only for formats that cannot be streamed. */
  readonly read: () => Promise<Buffer>;
  /** The bytes from the start. */
  readonly stream: () => Readable;
}

/** One file format. */
export interface Reader {
  readonly name: string;
  readonly accepts: (file: SourceFile) => boolean;
  /** Yields pages and findings in the order of the file; never throws on bad content. */
  readonly read: (file: SourceFile) => AsyncIterable<Page | Finding>;
}

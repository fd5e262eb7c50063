import type { MissingPart } from '../../indexer/engine/sharded-search.ts';
import type { Hint, SearchRequest } from '../api/search-schema.ts';
import { clip } from '../html/labels.ts';
import { serializeRequest } from '../html/search-links.ts';
import type { QueryNotice } from '../query/query.ts';
import type { AmbiguousName } from '../rewrites/ambiguous-names.ts';
import type { Correction } from './correct-spelling.ts';

const MAX_PARKS = 5;
const YEAR = /^(?:19|20)\d\d$/;

export interface HintSources {
  readonly notices: readonly QueryNotice[];
  readonly ambiguous: readonly AmbiguousName[];
  readonly correction: Correction | null;
  readonly datesAsText: readonly string[];
  readonly relaxed: boolean;
  readonly missing: MissingPart | null;
  readonly unverified: readonly string[];
}

/** What a person may want to know or try, each in one sentence, with the search it leads to if any. */
export function describeHints(request: SearchRequest, sources: HintSources): Hint[] {
  const searchFor = (q: string) => serializeRequest({ ...request, q, page: 1 });
  return [
    ...(sources.missing === null ? [] : [describeMissing(sources.missing)]),
    ...sources.unverified.map((phrase): Hint => ({
      type: 'incomplete',
      message: `结果不完整：含有“${clip(phrase)}”的文章没有核对完，一次检索核对的原文有限；把它写长些或换成少见的词，就能查全`,
    })),
    ...sources.notices.map(({ message, position }): Hint => ({
      type: 'notice',
      message: `${message}（第 ${position + 1} 个字符）`,
    })),
    ...sources.datesAsText.map((word): Hint => ({
      type: 'notice',
      message: `“${word}”所指的日期没有相符的报道，以下是含有这些字的报道`,
    })),
    ...(sources.relaxed
      ? [{ type: 'relaxed' as const, message: '没有同时含有全部词语的报道，以下含有其中一部分' }]
      : []),
    ...(sources.correction === null
      ? []
      : [
          {
            type: 'spelling' as const,
            message: `您是不是要找：${sources.correction.to}`,
            query: searchFor(request.q.replace(sources.correction.from, sources.correction.to)),
          },
        ]),
    ...(YEAR.test(request.q.trim())
      ? [
          {
            type: 'ambiguous' as const,
            message: `“${request.q.trim()}”可以指这一年的报道`,
            query: searchFor(`日期:${request.q.trim()}`),
          },
        ]
      : []),
    ...sources.ambiguous.flatMap(({ text, parks }) =>
      parks.slice(0, MAX_PARKS).map((park): Hint => ({
        type: 'ambiguous',
        message: `“${text}”可以指 ${park.name}`,
        query: searchFor(request.q.replace(text, park.name)),
      })),
    ),
  ];
}

function describeMissing({ parts, of, share }: MissingPart): Hint {
  return {
    type: 'incomplete',
    message: `结果不完整：共 ${of} 台检索引擎，第 ${parts.join('、')} 台连不上，约缺全部文章的 ${Math.round(share * 100)}%，恢复后自动补全`,
  };
}

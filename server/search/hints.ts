import type { Hint, SearchRequest } from '../api/search-schema.ts';
import { clip } from '../html/labels.ts';
import { serializeRequest } from '../html/search-links.ts';
import type { ResolvedSearch } from './resolve-search.ts';

const MAX_PARKS = 5;
const YEAR = /^(?:19|20)\d\d$/;

/** What a person may want to know or try, each in one sentence, with the search it leads to if any. */
export function describeHints(
  request: SearchRequest,
  { asTyped, found, offered, datesAsText }: ResolvedSearch,
): Hint[] {
  const typed = request.q.trim();
  const searchFor = (q: string) => serializeRequest({ ...request, q, page: 1 });
  const hints: Hint[] = [];
  const add = (type: Hint['type'], message: string, q?: string) =>
    hints.push({ type, message, ...(q !== undefined && { query: searchFor(q) }) });

  if (found.missing !== null) {
    const { parts, of, share } = found.missing;
    add(
      'incomplete',
      `结果不完整：共 ${of} 台检索引擎，第 ${parts.join('、')} 台连不上，约缺全部文章的 ${Math.round(share * 100)}%，恢复后自动补全`,
    );
  }
  for (const phrase of found.unverified)
    add(
      'incomplete',
      `结果不完整：含有“${clip(phrase)}”的文章没有核对完，一次检索核对的原文有限；把它写长些或换成少见的词，就能查全`,
    );
  for (const { message, position } of asTyped.notices)
    add('notice', `${message}（第 ${position + 1} 个字符）`);
  for (const word of datesAsText)
    add('notice', `“${word}”所指的日期没有相符的报道，以下是含有这些字的报道`);
  if (found.relaxed) add('relaxed', '没有同时含有全部词语的报道，以下含有其中一部分');
  if (offered !== null)
    add('spelling', `您是不是要找：${offered.to}`, request.q.replace(offered.from, offered.to));
  if (YEAR.test(typed)) add('ambiguous', `“${typed}”可以指这一年的报道`, `日期:${typed}`);
  for (const { text, parks } of asTyped.ambiguous)
    for (const { name } of parks.slice(0, MAX_PARKS))
      add('ambiguous', `“${text}”可以指 ${name}`, request.q.replace(text, name));
  return hints;
}

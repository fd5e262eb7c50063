import { createPause } from '../../indexer/core/yield-to-event-loop.ts';
import type { Store } from '../../indexer/store/database.ts';
import type { ShownArticle } from '../../indexer/store/shown-article.ts';
import { textInPieces } from '../../indexer/store/shown-article.ts';
import { describeArticle } from '../articles/describe-article.ts';

/** What `response.json` would write of an article, piece by piece: of a long text only one is in memory. */
export async function* articleJson(store: Store, article: ShownArticle): AsyncGenerator<string> {
  const pause = createPause();
  let before = '{';
  for (const [key, value] of Object.entries(describeArticle(store, article))) {
    yield `${before}${JSON.stringify(key)}:`;
    before = ',';
    if (key === 'text' || key === 'paragraphs') {
      yield key === 'text' ? '"' : '["';
      for (const piece of textInPieces(store, article.doc)) {
        const lines = key === 'text' ? [piece] : piece.split('\n');
        yield lines.map((line) => JSON.stringify(line).slice(1, -1)).join('","');
        await pause();
      }
      yield key === 'text' ? '"' : '"]';
    } else yield JSON.stringify(value);
  }
  yield '}';
}

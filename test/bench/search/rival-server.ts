/**
 * A rival behind the smallest of HTTP servers, so that it is asked as we are:
 * `node --import tsx test/bench/search/rival-server.ts fts FILE.sqlite` or `… mini FOLDER`.
 * Prints its address when it is ready; `GET /?q=` answers ten ids as JSON.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import MiniSearch from 'minisearch';
import { encodeTerm } from '../../../indexer/analyzer/opaque.ts';
import { indexedTerms } from '../../../indexer/documents/indexed-terms.ts';
import { benchAnalyzer, queryWordsOf } from '../relevance/systems/terms.ts';
import { grownArticle } from './grown-article.ts';

const PAGE = 10;
const [kind, path = ''] = process.argv.slice(2);
const search = kind === 'fts' ? openFts(path) : openMiniSearch(path);
const server = createServer((request, response) => {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams.get('q') ?? '';
  response.setHeader('content-type', 'application/json').end(JSON.stringify(search(query)));
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});
process.once('SIGTERM', () => process.exit(0));

function openFts(file: string): (query: string) => unknown {
  const database = new Database(file, { readonly: true });
  const select = database
    .prepare<[string], string>(
      `SELECT id FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ${PAGE}`,
    )
    .pluck();
  return (query) => {
    const terms = queryWordsOf(query).map(encodeTerm);
    return terms.length === 0 ? [] : select.all(terms.join(' OR '));
  };
}

function openMiniSearch(folder: string): (query: string) => unknown {
  const analyzer = benchAnalyzer();
  const index = new MiniSearch<{ id: string; terms: string }>({
    fields: ['terms'],
    tokenize: (terms) => terms.split(' '),
    processTerm: (term) => term,
  });
  for (const name of readdirSync(folder))
    for (const line of readFileSync(join(folder, name), 'utf8').split('\n')) {
      const { id, title, text } = grownArticle.parse(JSON.parse(line));
      index.add({ id, terms: indexedTerms(analyzer, `${title}\n${text}`).join(' ') });
    }
  return (query) => index.search(queryWordsOf(query).join(' ')).slice(0, PAGE);
}

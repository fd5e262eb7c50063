/**
 * Fills an FTS5 table with the articles of a folder of JSON Lines, cut by our analyzer:
 * `node --import tsx test/bench/search/fill-fts.ts FOLDER FILE.sqlite`
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { encodeTerm } from '../../../indexer/analyzer/opaque.ts';
import { indexedTerms } from '../../../indexer/documents/indexed-terms.ts';
import { benchAnalyzer } from '../relevance/systems/terms.ts';
import { grownArticle } from './grown-article.ts';

const [folder = '', file = ''] = process.argv.slice(2);
const analyzer = benchAnalyzer();
const database = new Database(file);
database.exec("CREATE VIRTUAL TABLE articles USING fts5(id UNINDEXED, terms, tokenize = 'ascii')");
const insert = database.prepare('INSERT INTO articles VALUES (?, ?)');
const insertAll = database.transaction((lines: readonly string[]) => {
  for (const line of lines) {
    const { id, title, text } = grownArticle.parse(JSON.parse(line));
    insert.run(id, indexedTerms(analyzer, `${title}\n${text}`).map(encodeTerm).join(' '));
  }
});
for (const name of readdirSync(folder).sort())
  insertAll(readFileSync(join(folder, name), 'utf8').split('\n'));
database.close();

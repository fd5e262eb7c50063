import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { encodeTerm } from '../../../../indexer/analyzer/opaque.ts';
import type { Collection } from '../collection.ts';
import { DEPTH } from '../metrics.ts';
import type { RankingSystem } from './system.ts';
import { analysedArticles, benchAnalyzer, bigramsOf, queryWordsOf } from './terms.ts';

/** SQLite FTS5 with its BM25 (k1 1.2, b 0.75) over our words. */
export const ftsWords: RankingSystem = ftsSystem('fts', false);

/** The same over our words and the bigrams of characters. */
export const ftsWordsAndBigrams: RankingSystem = ftsSystem('fts-bigrams', true);

function ftsSystem(name: string, withBigrams: boolean): RankingSystem {
  return {
    name,
    async open(collection, cache) {
      const { version } = benchAnalyzer();
      const file = join(cache, `${name}-${collection.hash}-${version}.sqlite`);
      if (!existsSync(file)) await build(file, collection, cache, withBigrams);
      const database = new Database(file, { readonly: true });
      const select = database
        .prepare<[string], string>(
          `SELECT id FROM articles WHERE articles MATCH ? ORDER BY rank LIMIT ${DEPTH}`,
        )
        .pluck();
      return {
        search: (query) => {
          const terms = queryWordsOf(query).map(encodeTerm);
          if (withBigrams) terms.push(...new Set(bigramsOf(query).map(encodeBigram)));
          return Promise.resolve(terms.length === 0 ? [] : select.all(terms.join(' OR ')));
        },
        close: () => Promise.resolve(void database.close()),
      };
    },
  };
}

/** Kept apart from words of two characters: those are counted as words too. */
function encodeBigram(bigram: string): string {
  return `z${encodeTerm(bigram)}`;
}

async function build(
  file: string,
  collection: Collection,
  cache: string,
  withBigrams: boolean,
): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  await rm(draft, { force: true });
  const database = new Database(draft);
  try {
    database.exec(
      `CREATE VIRTUAL TABLE articles USING fts5(id UNINDEXED, terms, tokenize = 'ascii');
       BEGIN`,
    );
    const insert = database.prepare('INSERT INTO articles VALUES (?, ?)');
    for await (const { id, words, bigrams } of analysedArticles(collection, cache)) {
      const terms = words.map(encodeTerm);
      if (withBigrams) for (const bigram of bigrams) terms.push(encodeBigram(bigram));
      insert.run(id, terms.join(' '));
    }
    database.exec('COMMIT');
  } finally {
    database.close();
  }
  await rename(draft, file);
}

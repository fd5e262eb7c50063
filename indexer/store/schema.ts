/**
 * Schema versions in order; the store's `user_version` counts how many have been applied.
 * A released entry is never edited: a change is a new entry.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    fingerprint TEXT NOT NULL,
    size INTEGER NOT NULL,
    missing INTEGER NOT NULL DEFAULT 0,
    taken_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE pages (
    id INTEGER PRIMARY KEY,
    file_id INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
    place TEXT NOT NULL,
    layout TEXT NOT NULL,
    text TEXT NOT NULL,
    metadata TEXT NOT NULL,
    set_aside TEXT NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX pages_by_file ON pages(file_id);

  CREATE TABLE articles (
    doc INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    file_id INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
    page_id INTEGER NOT NULL REFERENCES pages(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    details TEXT NOT NULL,
    date TEXT,
    date_precision TEXT NOT NULL,
    first_day INTEGER,
    last_day INTEGER,
    source TEXT,
    kind TEXT NOT NULL,
    parks TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    duplicate_of TEXT,
    changed_seq INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX articles_by_seq ON articles(changed_seq);
  CREATE INDEX articles_by_page ON articles(page_id);
  CREATE INDEX articles_by_file ON articles(file_id);
  CREATE INDEX articles_by_duplicate ON articles(duplicate_of) WHERE duplicate_of IS NOT NULL;
  CREATE INDEX articles_by_hash ON articles(content_hash);

  -- Articles that were removed, so that every index hears of it.
  CREATE TABLE removals (
    doc INTEGER PRIMARY KEY,
    changed_seq INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX removals_by_seq ON removals(changed_seq);

  CREATE TABLE change_counter (only INTEGER PRIMARY KEY CHECK (only = 1), seq INTEGER NOT NULL) STRICT;
  INSERT INTO change_counter VALUES (1, 0);

  CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    place TEXT NOT NULL,
    severity TEXT NOT NULL,
    reason TEXT NOT NULL,
    remedy TEXT NOT NULL,
    found_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX findings_by_file ON findings(file);

  -- Each index in the engine and how far it has followed the changes.
  CREATE TABLE indexes (
    uid TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    applied_seq INTEGER NOT NULL,
    active INTEGER NOT NULL,
    created_at TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX one_active_index ON indexes(active) WHERE active = 1;

  CREATE TABLE saved_searches (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- What near-duplicate detection knows of each text: equal texts share a print.
  CREATE TABLE duplicate_prints (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    first_day INTEGER,
    last_day INTEGER,
    title_key INTEGER,
    keys BLOB NOT NULL
  ) STRICT;

  -- No reference to articles: a member that outlives its article tells which group to elect anew.
  CREATE TABLE duplicate_members (
    doc INTEGER PRIMARY KEY,
    print INTEGER NOT NULL REFERENCES duplicate_prints(id),
    seen_seq INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX duplicate_members_by_print ON duplicate_members(print);

  -- Prints that tell the same story; each pair stands here both ways.
  CREATE TABLE duplicate_matches (
    print INTEGER NOT NULL REFERENCES duplicate_prints(id) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES duplicate_prints(id) ON DELETE CASCADE,
    PRIMARY KEY (print, other)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX duplicate_matches_by_other ON duplicate_matches(other);
  `,
  `
  -- Document frequencies of each index: how many of its articles hold a term.
  CREATE TABLE vocabulary (
    uid TEXT NOT NULL,
    term TEXT NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (uid, term)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What ranking reads of an article: normalised text, heading first, and where its tokens begin.
  CREATE TABLE ranking_texts (
    doc INTEGER PRIMARY KEY,
    changed_seq INTEGER NOT NULL,
    text TEXT NOT NULL,
    body_start INTEGER NOT NULL,
    cuts BLOB NOT NULL
  ) STRICT;
  `,
  `
  -- articles.parks as rows: which articles name a park can then be asked without reading them all.
  CREATE TABLE article_parks (
    park TEXT NOT NULL,
    doc INTEGER NOT NULL REFERENCES articles(doc) ON DELETE CASCADE,
    PRIMARY KEY (park, doc)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX article_parks_by_doc ON article_parks(doc);
  INSERT OR IGNORE INTO article_parks
    SELECT park.value ->> 'id', articles.doc FROM articles, json_each(articles.parks) AS park;

  CREATE TRIGGER article_parks_of_new_article AFTER INSERT ON articles BEGIN
    INSERT OR IGNORE INTO article_parks
      SELECT park.value ->> 'id', NEW.doc FROM json_each(NEW.parks) AS park;
  END;
  CREATE TRIGGER article_parks_of_changed_article AFTER UPDATE OF parks ON articles BEGIN
    DELETE FROM article_parks WHERE doc = NEW.doc;
    INSERT OR IGNORE INTO article_parks
      SELECT park.value ->> 'id', NEW.doc FROM json_each(NEW.parks) AS park;
  END;
  `,
  `
  -- When an article first came into the corpus: \`number\` is the first document number that it had.
  -- Outlives the article, so that one which is removed and taken in again is not new again.
  CREATE TABLE arrivals (
    article_id TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX arrivals_by_number ON arrivals(number);
  INSERT INTO arrivals
    SELECT articles.id, articles.doc, files.taken_at FROM articles JOIN files ON files.id = file_id;
  CREATE TRIGGER article_arrives AFTER INSERT ON articles BEGIN
    INSERT INTO arrivals VALUES (NEW.id, NEW.doc, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
      ON CONFLICT DO NOTHING;
  END;

  -- The parks that the query names, as JSON of {id, typed}.
  ALTER TABLE saved_searches ADD COLUMN parks TEXT NOT NULL DEFAULT '[]';
  -- The arrival number up to which articles were there when the search was saved.
  ALTER TABLE saved_searches ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE saved_searches ADD COLUMN deleted_at TEXT;

  CREATE TABLE webhooks (
    search_id TEXT PRIMARY KEY REFERENCES saved_searches(id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    -- Articles that arrived up to this number are delivered, or stand in webhook_deliveries.
    told INTEGER NOT NULL,
    delivered_at TEXT,
    problem TEXT
  ) STRICT;

  -- Not yet accepted by the receiver; the row goes when it is.
  CREATE TABLE webhook_deliveries (
    id TEXT PRIMARY KEY,
    search_id TEXT NOT NULL REFERENCES webhooks(search_id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    given_up INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX webhook_deliveries_by_search ON webhook_deliveries(search_id);
  `,
  `
  -- For each gram (see indexer/analyzer/grams.ts) the articles of an index that have it. Written in
  -- segments of some articles each, which count only once they are whole.
  CREATE TABLE gram_segments (
    segment INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL,
    articles INTEGER NOT NULL,
    whole INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX gram_segments_by_index ON gram_segments(uid);
  CREATE TABLE gram_postings (
    segment INTEGER NOT NULL,
    gram INTEGER NOT NULL,
    docs BLOB NOT NULL,
    PRIMARY KEY (segment, gram)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Indexes that lie on several engines: where, and how far a move to others has come (see
  -- indexer/engine/placement.ts). Lists of names are JSON.
  CREATE TABLE index_placements (
    uid TEXT PRIMARY KEY,
    nodes TEXT NOT NULL,
    target TEXT,
    left_slots INTEGER NOT NULL,
    settled_slots INTEGER NOT NULL,
    until_slot INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- A row may now hold several grams (blocks of them); those written before hold one.
  ALTER TABLE gram_postings ADD COLUMN more BLOB NOT NULL DEFAULT x'';
  `,
  `
  -- All that ranking reads stands side by side, text as UTF-16LE: a search reads hundreds of rows, and of a
  -- million articles each row of another table is a page from elsewhere.
  CREATE TABLE texts_to_rank (
    doc INTEGER PRIMARY KEY,
    changed_seq INTEGER NOT NULL,
    body_start INTEGER NOT NULL,
    first_day INTEGER,
    primary_park TEXT,
    cuts BLOB NOT NULL,
    text BLOB NOT NULL
  ) STRICT;
  INSERT INTO texts_to_rank
    SELECT doc, ranking_texts.changed_seq, body_start, first_day, parks ->> '$[0].id', cuts,
      utf16le(ranking_texts.text)
    FROM ranking_texts JOIN articles USING (doc);
  DROP TABLE ranking_texts;
  ALTER TABLE texts_to_rank RENAME TO ranking_texts;
  `,
  `
  CREATE INDEX articles_by_first_day ON articles(first_day);
  CREATE INDEX articles_by_last_day ON articles(last_day);
  `,
  `
  -- Whose quota it counts to (see server/http/access/credentials.ts); null: nobody's.
  ALTER TABLE saved_searches ADD COLUMN client TEXT;
  CREATE INDEX saved_searches_by_client ON saved_searches(client);
  ALTER TABLE webhooks ADD COLUMN client TEXT;
  ALTER TABLE webhooks ADD COLUMN failed_at TEXT;
  -- What is sent is signed with it.
  ALTER TABLE webhooks ADD COLUMN secret BLOB NOT NULL DEFAULT x'';
  UPDATE webhooks SET secret = randomblob(32);
  DELETE FROM webhooks
    WHERE search_id IN (SELECT id FROM saved_searches WHERE deleted_at IS NOT NULL);
  DELETE FROM webhook_deliveries WHERE given_up = 1;
  `,
  `
  -- Which articles have a gram (see indexer/analyzer/grams.ts), for any index; they are written with the documents
  -- of articles. Grams hold letters, digits and characters beyond ASCII, which this tokenizer leaves whole.
  DROP TABLE gram_postings;
  DROP TABLE gram_segments;
  CREATE VIRTUAL TABLE article_grams
    USING fts5(grams, content='', contentless_delete=1, detail=none, tokenize='ascii');
  -- By default what was replaced is cleared away so soon that writing 20,000 articles again takes 27 s more.
  INSERT INTO article_grams (article_grams, rank) VALUES ('deletemerge', 60), ('automerge', 8);
  `,
];

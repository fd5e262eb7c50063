import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const articleSchema = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  date: z.string().optional(),
});

/** An article as the benchmark gives it to every system; the fields are those of our JSON Lines. */
export type BenchArticle = z.infer<typeof articleSchema>;

/** Articles to search in, kept as a JSON Lines file. */
export interface Collection {
  readonly name: string;
  /** Ends in `.jsonl`. */
  readonly file: string;
  /** Of the file's content: what a system has built for a hash can be used again. */
  readonly hash: string;
}

/** Returns the collection in a file that {@link writeCollection} wrote. */
export async function openCollection(name: string, file: string): Promise<Collection> {
  const hash = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  return { name, file, hash: hash.slice(0, 16) };
}

/** Writes the articles, an object a line; the file appears whole or not at all. */
export async function writeCollection(
  file: string,
  articles: readonly BenchArticle[],
): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  const handle = await open(draft, 'w');
  try {
    for (const article of articles) await handle.write(`${JSON.stringify(article)}\n`);
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

/** The articles of a collection, in order, one at a time. */
export async function* articlesOf(collection: Collection): AsyncGenerator<BenchArticle> {
  const lines = createInterface({ input: createReadStream(collection.file), crlfDelay: Infinity });
  for await (const line of lines) yield articleSchema.parse(JSON.parse(line));
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const FILE = 'interface/english.yaml';

const phraseSchema = z.union([
  z.string('应为一句英文').min(1, '英文不能为空'),
  z.strictObject({ one: z.string(), other: z.string() }, '单复数应写作 one 与 other 两行'),
]);
const phrasesSchema = z.record(z.string(), phraseSchema);
const fileSchema = z.strictObject({ pages: phrasesSchema, browser: phrasesSchema });

/** By the Chinese of the interface, its English. */
export type EnglishPhrases = z.infer<typeof phrasesSchema>;
export interface Interface {
  /** Of the pages as they are served. */
  readonly pages: EnglishPhrases;
  /** Of what the browser code says. */
  readonly browser: EnglishPhrases;
}

/**
 * The interface's phrases; the head of `config/interface/english.yaml` says how they are written.
 * @throws with place and remedy, in Chinese, when the file does not hold them.
 */
export function loadEnglishPhrases(): Interface {
  const content = readFileSync(fileURLToPath(new URL(FILE, import.meta.url)), 'utf8');
  const checked = fileSchema.safeParse(parse(content));
  if (!checked.success)
    throw new Error(`config/${FILE} 有误：${z.prettifyError(checked.error)}`, {
      cause: checked.error,
    });
  return checked.data;
}

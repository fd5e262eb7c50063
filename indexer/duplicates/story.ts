import { createHash } from 'node:crypto';
import { z } from 'zod';
import { storedParkSchema } from '../store/stored-article.ts';
import { comparableText } from './comparable-text.ts';
import type { Figure } from './figures.ts';
import { figuresOf } from './figures.ts';
import { hashText, shingleSet } from './shingles.ts';

/** What can be compared without reading the text. */
export interface StoryFacts {
  /** Distinct shingles. */
  readonly size: number;
  /** Days since 1970-01-01; null when unknown. */
  readonly firstDay: number | null;
  readonly lastDay: number | null;
  /** Equal for equal headlines; null for one too short to tell stories apart (“简讯”). */
  readonly titleKey: number | null;
}

/** All that the comparison of two stories looks at. */
export interface Story extends StoryFacts {
  readonly title: string;
  /** The running text as {@link comparableText}. */
  readonly body: string;
  readonly shingles: Uint32Array;
  readonly figures: readonly Figure[];
  /** Park ids, the primary park first. */
  readonly parks: readonly string[];
}

const rowSchema = z.object({
  title: z.string(),
  text: z.string(),
  parks: z.string(),
  first_day: z.int().nullable(),
  last_day: z.int().nullable(),
});
const parksSchema = z.array(storedParkSchema.pick({ id: true }));

const TELLING_TITLE = 10;

export const STORY_COLUMNS =
  'articles.title, articles.text, articles.parks, articles.first_day, articles.last_day';

/**
 * A row of {@link STORY_COLUMNS} made ready for comparison.
 * @throws ZodError when the store holds something this version did not write.
 */
export function parseStoryRow(row: unknown): Story {
  const checked = rowSchema.parse(row);
  const body = comparableText(checked.text);
  const title = comparableText(checked.title);
  const shingles = shingleSet(body);
  return {
    size: shingles.length,
    firstDay: checked.first_day,
    lastDay: checked.last_day,
    titleKey: title.length < TELLING_TITLE ? null : hashText(title),
    title,
    body,
    shingles,
    figures: figuresOf(checked.text),
    parks: parksSchema.parse(JSON.parse(checked.parks)).map((park) => park.id),
  };
}

/** Equal for stories that no comparison can tell apart: 32 hexadecimal digits. */
export function storyKey(story: Story): string {
  const { title, body, figures, parks, firstDay, lastDay } = story;
  return createHash('sha256')
    .update(JSON.stringify([title, body, figures, parks, firstDay, lastDay]))
    .digest('hex')
    .slice(0, 32);
}

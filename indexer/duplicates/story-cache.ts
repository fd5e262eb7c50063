import type { Story } from './story.ts';

/** About 60 MB: beside its shingles, a story holds its text and its numbers. */
const MOST_SHINGLES = 4_000_000;

export interface StoryCache {
  readonly set: (print: number, story: Story) => void;
  /** As `read`, from memory when the story was needed lately. */
  readonly get: (print: number) => Story | null;
}

/** Keeps the stories used last, up to a total size, so that comparing needs few reads. */
export function createStoryCache(read: (print: number) => Story | null): StoryCache {
  const kept = new Map<number, Story>();
  let shingles = 0;

  function set(print: number, story: Story): void {
    const former = kept.get(print);
    if (former !== undefined) shingles -= former.size;
    kept.delete(print);
    kept.set(print, story);
    shingles += story.size;
    // A Map yields its keys in the order they were set: the first was not used for longest.
    for (const [oldest, { size }] of kept) {
      if (shingles <= MOST_SHINGLES || oldest === print) break;
      kept.delete(oldest);
      shingles -= size;
    }
  }

  return {
    set,
    get(print) {
      const story = kept.get(print) ?? read(print);
      if (story !== null) set(print, story);
      return story;
    },
  };
}

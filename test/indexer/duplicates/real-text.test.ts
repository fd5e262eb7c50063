import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparableText } from '../../../indexer/duplicates/comparable-text.ts';
import { isSameStory } from '../../../indexer/duplicates/same-story.ts';
import { coveredPart } from '../../../indexer/duplicates/shingles.ts';
import { parseStoryRow, type Story } from '../../../indexer/duplicates/story.ts';

const root = join(import.meta.dirname, '../../..');
const seeds = join(root, '../shared/seeds');
const sample = join(root, 'config/sample-corpus');

function tell(text: string): Story {
  return parseStoryRow({ title: '', text, parks: '[]', first_day: null, last_day: null });
}

function readPost(file: string): Story {
  return tell(
    readFileSync(file, 'utf8')
      .replace(/^---\n.*?\n---\n/s, '')
      .replace(/<[^<>]*>/g, '\n'),
  );
}

/** Cuts a page into the blocks that tell mostly what the post tells, jumbled as they stand, and the rest. */
function cutPage(file: string, post: Story): { own: Story; rest: Story } {
  const blocks = readFileSync(file, 'utf8').split(/\n\s*\n/);
  const isOwn = (block: string) => coveredPart(comparableText(block), post.shingles) > 0.5;
  return {
    own: tell(blocks.filter(isOwn).join('\n')),
    rest: tell(blocks.filter((block) => !isOwn(block)).join('\n')),
  };
}

const files = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => !name.endsWith('.yaml'))
        .map((name) => join(folder, name))
    : [];

describe.runIf(existsSync(seeds))('a newspaper page and the re-post of its lead story', () => {
  const [page, repost] = ['000', '001'].map((start) =>
    files(seeds).find((file) => file.includes(`/${start}`))!,
  );

  it('are one story in spite of the jumble, and the rest of the page is not', () => {
    const post = readPost(repost!);
    const { own, rest } = cutPage(page!, post);
    expect(isSameStory(own, post)).toBe(true);
    expect(isSameStory(rest, post)).toBe(false);
  });
});

describe('the sample corpus', () => {
  const posts = files(join(sample, 'posts')).map(readPost);

  it('has at least five stories that a page and a post tell in the same words', () => {
    const shared = posts.filter((post) =>
      files(join(sample, 'pages')).some((page) => isSameStory(cutPage(page, post).own, post)),
    );
    expect(shared.length).toBeGreaterThanOrEqual(5);
  });

  it('has no two posts that are one story', () => {
    const pairs = posts.flatMap((post, at) =>
      posts.slice(0, at).map((other) => isSameStory(post, other)),
    );
    expect(pairs.filter(Boolean)).toEqual([]);
  });
});

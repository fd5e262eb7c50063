import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AnnotatedArticle } from '../../indexer/annotators/annotation.ts';
import { loadContinuationModel } from '../../indexer/articles/continuation-model.ts';
import { splitPage } from '../../indexer/articles/split-page.ts';
import type { Page } from '../../indexer/readers/page.ts';
import { heldOutStories, jumbledPage, seededRandom, type JumbledPage } from './jumbled-pages.ts';
import {
  addScore,
  compareOrder,
  emptyScore,
  matchArticles,
  scorePage,
  sentencesOf,
  type GoldArticle,
  type PageScore,
} from './page-scores.ts';
import { PAGE_VARIANTS, variantPage } from './page-variants.ts';
import { hasDate, hasPrimaryPark, prepareFile } from './prepared-pages.ts';
import { judgeArticles, reliabilityTable, type Judged } from './reliability.ts';

const SEEDS = '../shared/seeds';
const DEFAULT_SETS = [
  { folder: SEEDS, gold: '../shared/gold/seed-articles.json' },
  { folder: 'config/sample-corpus/pages', gold: 'test/gold/sample-pages.json' },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** Measure on so many jumbled pages, and a quarter as many of each other kind, made of held-out stories of `--corpus` (unpacked digests). */
    generated: { type: 'string' },
    corpus: { type: 'string', default: '../shared/corpus' },
    seed: { type: 'string', default: '1' },
    /** A page and a clean re-post of one of its stories: `--pair page.txt --pair repost.txt`. */
    pair: { type: 'string', multiple: true },
    /** Also list what is missing or astray. */
    problems: { type: 'boolean', default: false },
  },
});

if (values.generated !== undefined) {
  benchGenerated(Number(values.generated), values.corpus, Number(values.seed));
} else if (values.pair === undefined) {
  const [folder, gold] = positionals;
  if (folder !== undefined) await benchFolder(folder, gold ?? join(folder, 'gold.json'));
  else for (const set of DEFAULT_SETS) await benchFolder(set.folder, set.gold);
}
const pair =
  values.pair ?? (positionals.length === 0 && values.generated === undefined ? seedPair() : []);
if (pair[0] !== undefined && pair[1] !== undefined) await benchPair(pair[0], pair[1]);

async function benchFolder(folder: string, goldFile: string): Promise<void> {
  if (!existsSync(goldFile) || !existsSync(folder)) {
    print(`# ${folder}：没有 ${existsSync(folder) ? goldFile : '这个文件夹'}，略过`);
    return;
  }
  const gold = JSON.parse(readFileSync(goldFile, 'utf8')) as Record<string, GoldArticle[]>;
  const total = emptyScore();
  print(`# ${folder}`);
  for (const [key, stories] of Object.entries(gold)) {
    const name = readdirSync(folder).find(
      (file) => file.startsWith(key) && !/\.meta\.ya?ml$/.test(file),
    );
    if (name === undefined) {
      print(`${key}：没有这个文件`);
      continue;
    }
    const score = scoreAnnotated(await prepareFile(join(folder, name)), stories);
    printScore(name, score);
    addScore(total, { ...score, problems: [] });
  }
  printScore('合计', total);
}

function scoreAnnotated(
  annotated: readonly AnnotatedArticle[],
  gold: readonly GoldArticle[],
): PageScore {
  const articles = annotated.map(({ article }) => article);
  const score = scorePage(articles, gold);
  const owners = matchArticles(articles, gold);
  for (const [number, story] of gold.entries()) {
    const own = annotated[owners[number]!];
    const park = own === undefined ? false : hasPrimaryPark(own, story);
    const date = own === undefined ? false : hasDate(own, story);
    if (park !== null) score.parks++;
    if (park === true) score.parksRight++;
    else if (park === false)
      score.problems.push(`园区 [${story.title}] ← ${own?.parks[0]?.name ?? '无'}`);
    if (date !== null) score.dates++;
    if (date === true) score.datesRight++;
    else if (date === false)
      score.problems.push(`日期 [${story.title}] ← ${own?.date.date ?? '无'}`);
  }
  return score;
}

function seedPair(): string[] {
  if (!existsSync(SEEDS)) return [];
  const files = readdirSync(SEEDS);
  return ['000', '001']
    .flatMap((key) => files.filter((file) => file.startsWith(key)))
    .map((file) => join(SEEDS, file));
}

async function benchPair(pageFile: string, repostFile: string): Promise<void> {
  const page = await prepareFile(pageFile);
  const [repost] = await prepareFile(repostFile);
  if (repost === undefined) throw new Error(`${repostFile}：没有文章`);
  const sentences = sentencesOf(repost.text);
  const best = page
    .map(({ text }) => compareOrder(text, sentences))
    .reduce((a, b) => (b.present > a.present ? b : a));
  print(`# ${basename(pageFile)} ~ ${basename(repostFile)}`);
  print(`τ ${best.tau.toFixed(4)}  句 ${share(best.present, best.sentences)}`);
}

function benchGenerated(count: number, corpus: string, seed: number): void {
  const stories = heldOutStories(corpus);
  if (stories.length === 0) {
    print(`${corpus} 里没有 .md 日报：先解开 news-digests-2022-2024.tar.gz，再用 --corpus 指给它`);
    return;
  }
  const model = loadContinuationModel();
  const judged: Judged[] = [];
  const times: number[] = [];
  const bench = (name: string, pages: Iterable<JumbledPage>): void => {
    const total = emptyScore();
    for (const made of pages) {
      const page: Page = {
        type: 'page',
        file: name,
        place: '',
        layout: 'newspaper',
        text: made.text,
        metadata: { dates: [] },
      };
      const began = performance.now();
      const split = splitPage(page, model);
      times.push(performance.now() - began);
      judged.push(...judgeArticles(split.articles, made.gold));
      addScore(total, scorePage(split.articles, made.gold));
    }
    printScore(name, total);
  };
  const random = seededRandom(seed);
  bench(
    `生成 ${count} 页`,
    repeat(count, () => jumbledPage(stories, random)),
  );
  for (const variant of PAGE_VARIANTS) {
    const random = seededRandom(seed);
    bench(
      variant.name,
      repeat(Math.ceil(count / 4), () => variantPage(stories, variant, random)),
    );
  }
  for (const line of reliabilityTable(judged)) print(line);
  times.sort((a, b) => a - b);
  print(`每页中位 ${times[times.length >> 1]!.toFixed(0)} ms，最慢 ${times.at(-1)!.toFixed(0)} ms`);
}

function repeat<Made>(count: number, make: () => Made): Made[] {
  return Array.from({ length: count }, make);
}

function printScore(name: string, score: PageScore): void {
  const order =
    score.orders.length === 0
      ? ''
      : `  τ ${mean(score.orders).toFixed(3)}  句 ${share(score.sentencesPresent, score.sentences)}`;
  const annotated =
    score.parks + score.dates === 0
      ? ''
      : `  主园区 ${score.parksRight}/${score.parks}  日期 ${score.datesRight}/${score.dates}`;
  print(
    `${name.padEnd(42)} 锚 ${share(score.found, score.anchors)}  错入 ${share(score.foreign, score.anchors)}  ` +
      `题 ${score.titlesRight}/${score.titles}  篇 ${score.articles}${annotated}${order}`,
  );
  if (values.problems) for (const problem of score.problems) print(`    ${problem}`);
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${(part / whole).toFixed(3)} (${part}/${whole})`;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

import type { DatedText, DayMention, YearMention } from './dated-text.ts';

/**
 * The year in which a text was printed, when its days lack the year, and why, in Chinese; null when no year is named.
 * A text that writes out the years of its days is of the latest of them. Otherwise the year in which
 * papers would name the years that the text names: in March, figures for the whole of a year are
 * mostly last year's, in December plans are mostly for the next.
 * @param thisYear no later year is considered.
 */
export function inferYear(
  { years, days }: DatedText,
  latestDay: DayMention | null,
  thisYear: number,
): { readonly year: number; readonly reason: string } | null {
  const named = years.filter(({ year }) => year <= thisYear + 1 && year >= 1900);
  const written = days.flatMap(({ year }) => (year === null || year > thisYear ? [] : [year]));
  if (days.every((day) => day.year !== null) && written.length > 0) {
    const year = written.reduce((latest, other) => Math.max(latest, other));
    return { year, reason: `年份取自正文 ${year} 年的日期` };
  }
  const likely = likeliestYear(groupMentions(named), latestDay, thisYear);
  return likely === null ? null : { year: likely, reason: reasonFor(likely, named) };
}

// Below this share of the likelihood a year is a guess: 2017年 alone may stand in a text of any later
// year. On the digests, which are poor in years, 0.5 names a year for 713 of 825, 564 of them rightly;
// 0.9 for 390, 368 of them rightly. Pages about parks are rich in years and pass either.
const CERTAIN_ENOUGH = 0.5;
// Without any day in the text, the year is all that is said, and said of anything.
const CERTAIN_ENOUGH_ALONE = 0.7;
const FIRST_YEAR = 1990;

function likeliestYear(
  groups: readonly YearMention[][],
  latestDay: DayMention | null,
  thisYear: number,
): number | null {
  const season = seasonOf(latestDay?.month ?? null);
  if (groups.length === 0) return null;
  const scores: number[] = [];
  for (let year = FIRST_YEAR; year <= thisYear; year++)
    scores.push(scoreYear(year, groups, season));
  const best = Math.max(...scores);
  const total = scores.reduce((sum, score) => sum + Math.exp(score - best), 0);
  const needed = latestDay === null ? CERTAIN_ENOUGH_ALONE : CERTAIN_ENOUGH;
  return 1 / total < needed ? null : FIRST_YEAR + scores.indexOf(best);
}

function reasonFor(year: number, named: readonly YearMention[]): string {
  const own = named.find((mention) => mention.year === year);
  if (own !== undefined) return `年份取自“${own.words}”`;
  const last = named.find((mention) => mention.year === year - 1);
  if (last !== undefined) return `“${last.words}”已成过去，年份取 ${year} 年`;
  const next = named.find((mention) => mention.year === year + 1);
  return `“${next?.words ?? ''}”尚在计划中，年份取 ${year} 年`;
}

type Sense = YearMention['sense'];
type Season = 'early' | 'mid' | 'late';

/**
 * How often the 825 daily digests of 2022–2024 in the project's test corpus name a year that is more
 * than 2 before, 2 before, 1 before, the same as, 1 after, 2 after, more than 2 after their own.
 */
const distances: Readonly<Record<Sense, Readonly<Record<Season, readonly number[]>>>> = {
  completed: {
    early: [39, 12, 405, 44, 1, 1, 4],
    mid: [99, 9, 223, 67, 9, 1, 15],
    late: [55, 12, 67, 76, 12, 2, 9],
  },
  dated: {
    early: [66, 19, 109, 46, 1, 1, 1],
    mid: [160, 38, 66, 103, 11, 1, 1],
    late: [135, 10, 30, 103, 64, 2, 1],
  },
  plain: {
    early: [123, 39, 454, 581, 5, 2, 4],
    mid: [452, 46, 275, 764, 32, 6, 38],
    late: [326, 27, 99, 466, 236, 9, 30],
  },
  plan: {
    early: [1, 1, 31, 93, 3, 1, 3],
    mid: [3, 2, 7, 69, 3, 1, 5],
    late: [2, 1, 1, 32, 59, 6, 7],
  },
};

// The years before and after the table's middle share their counts.
const FAR_YEARS = 10;

/** By year and sense. */
function groupMentions(mentions: readonly YearMention[]): YearMention[][] {
  const groups = new Map<string, YearMention[]>();
  for (const mention of mentions) {
    const key = `${mention.year} ${mention.sense}`;
    const group = groups.get(key) ?? [];
    group.push(mention);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Logarithm of how likely a text of that year names these years in these senses. */
function scoreYear(year: number, groups: readonly YearMention[][], season: Season): number {
  let score = 0;
  for (const group of groups) {
    const { year: named, sense } = group[0]!;
    const row = distances[sense][season];
    const distance = Math.max(-3, Math.min(3, named - year));
    const total = row.reduce((sum, count) => sum + count, 0);
    const share = row[distance + 3]! / (Math.abs(distance) === 3 ? FAR_YEARS : 1);
    // Repeating a year says little more.
    score += (1 + Math.log(group.length)) * Math.log(share / total);
  }
  return score;
}

function seasonOf(month: number | null): Season {
  if (month === null) return 'mid';
  if (month <= 3) return 'early';
  return month >= 10 ? 'late' : 'mid';
}

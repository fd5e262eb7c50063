import type { Random } from '../../bench/typesetting.ts';

/** A line of JSON Lines. */
export interface NewArticle {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly date?: string;
}

/** The service under attack. */
export interface Target {
  /** `http://127.0.0.1:…` */
  readonly address: string;
  readonly port: number;
  readonly adminToken: string;
  /** Ids of articles that there are. */
  readonly ids: readonly string[];
  /** Ids of articles of hundreds of thousands of characters. */
  readonly vastIds: readonly string[];
  /** How long connections are held that do nothing. */
  readonly holdMs: number;
  /** Takes in articles with `npm run index`, beside the service; its exit status and what it said. */
  readonly index: (articles: readonly NewArticle[]) => Promise<string>;
  /** Something was found that must not be. */
  readonly note: (finding: string) => void;
}

/** One kind of harm that a visitor can do. */
export interface Attack {
  readonly name: string;
  /** It costs nothing but connections: nobody else may be turned away because of it. */
  readonly isIdle?: true;
  /** Does it once, the same for the same random numbers; fulfilled when all is let go. */
  readonly run: (target: Target, random: Random) => Promise<void>;
}

/** One of the list. */
export function pick<T>(list: readonly T[], random: Random): T {
  return list[Math.floor(random() * list.length)]!;
}

/** An integer of at least `from` and less than `to`. */
export function between(from: number, to: number, random: Random): number {
  return from + Math.floor(random() * (to - from));
}

/** Does it so many times at once; the numbers are drawn in order, whoever comes first. */
export async function atOnce(count: number, act: (number: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, number) => act(number)));
}

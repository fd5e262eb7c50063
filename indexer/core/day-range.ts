/** First and last day of `YYYY[-MM[-DD]]` as days since 1970-01-01 (UTC); null for a day that does not exist. */
export function dayRange(date: string): { first: number; last: number } | null {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date);
  if (match === null) return null;
  const [year, month, day] = [match[1], match[2], match[3]].map(Number) as [number, number, number];
  if (match[2] === undefined) return { first: epochDay(year, 1, 1), last: epochDay(year, 12, 31) };
  if (month < 1 || month > 12) return null;
  const lastOfMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (match[3] === undefined)
    return { first: epochDay(year, month, 1), last: epochDay(year, month, lastOfMonth) };
  if (day < 1 || day > lastOfMonth) return null;
  return { first: epochDay(year, month, day), last: epochDay(year, month, day) };
}

function epochDay(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** `YYYY-MM-DD` of a day counted since 1970-01-01 (UTC). */
export function isoDay(epochDays: number): string {
  return new Date(epochDays * 86_400_000).toISOString().slice(0, 10);
}

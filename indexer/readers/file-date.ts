const YEAR = '((?:19|20)\\d{2})';

/** Strongest first; a shape counts only where no further digit touches it. */
const SHAPES: readonly RegExp[] = [
  new RegExp(`(?<!\\d)${YEAR}\\s*年\\s*(\\d{1,2})\\s*月\\s*(\\d{1,2})(?!\\d)(?:\\s*日)?`),
  new RegExp(`(?<!\\d)${YEAR}([-._/])(\\d{1,2})\\2(\\d{1,2})(?!\\d)`),
  // 20220307, 2022030703 (with the page number), 20220307175935 (with the time)
  new RegExp(`(?<!\\d)${YEAR}(\\d{2})(\\d{2})(?=(?:\\d{2}|\\d{4}|\\d{6})?(?!\\d))`),
  new RegExp(`(?<!\\d)${YEAR}\\s*年\\s*(\\d{1,2})\\s*月`),
  new RegExp(`(?<!\\d)${YEAR}[-._](\\d{1,2})(?!\\d)`),
];

/**
 * Returns the first date in a file name or heading as it is written there (`20230722`,
 * `2022-03-07`, `2022年3月7日`, `2022年3月`), or null. Only dates of the calendar count.
 */
export function findWrittenDate(text: string): string | null {
  for (const shape of SHAPES) {
    const match = shape.exec(text);
    if (match === null) continue;
    const [month, day] = match
      .slice(2)
      .filter((part) => /^\d+$/.test(part))
      .map(Number);
    if (isCalendarDate(Number(match[1]), month ?? 1, day ?? 1)) return match[0];
  }
  return null;
}

function isCalendarDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

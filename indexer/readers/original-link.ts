/** `[查看原文](https://…)` alone on a line: where the text was taken from, no part of it. */
const LINK_LINE = /^\s{0,8}\[([^[\]]{1,20})\]\((https?:\/\/[^()\s]{1,2000})\)\s{0,8}$/;
const LABEL = /原文|全文|来源|原网页|original/i;

export interface WithoutOriginalLink {
  readonly markdown: string;
  readonly url: string | undefined;
}

/** Returns Markdown without the lines that only link to the original, and the first such address. */
export function takeOriginalLink(markdown: string): WithoutOriginalLink {
  if (!markdown.includes('](http')) return { markdown, url: undefined };
  let url: string | undefined;
  const kept = markdown.split('\n').filter((line) => {
    const match = LINK_LINE.exec(line);
    if (match === null || !LABEL.test(match[1]!)) return true;
    url ??= match[2];
    return false;
  });
  return { markdown: kept.join('\n'), url };
}

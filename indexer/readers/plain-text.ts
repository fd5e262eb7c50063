/** A paragraph that a data export ran into the one before it: a full stop, two ideographic spaces. */
const INDENTED_AFTER_SENTENCE = /(?<=[。！？…”])[\u3000]{2}(?=[^\s\u3000])/g;

/**
 * Returns the plain text of a record with a blank line between paragraphs, as pages have it:
 * where a text has no blank line, every line is a paragraph. Only white space changes.
 */
export function separateParagraphs(text: string): string {
  const spread = text.replace(INDENTED_AFTER_SENTENCE, '\n\u3000\u3000');
  const lines = spread.split('\n');
  const blank = lines.findIndex((line, at) => at > 0 && line.trim() === '');
  const hasBlank = blank >= 0 && lines.slice(blank).some((line) => line.trim() !== '');
  const joined = hasBlank
    ? lines.map((line) => line.trimEnd()).join('\n')
    : lines.filter((line) => line.trim() !== '').join('\n\n');
  return joined.trim();
}

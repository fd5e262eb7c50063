const OPENING = '“‘「『（(《〈【[〔';
const CLOSING = '”’」』）)》〉】]〕';
/** No sentence nests deeper; more open brackets are noise, and searching them all would take long. */
const DEEPEST = 50;
/** Straight quotes close or open; at a text's end they close. */
const CLOSING_AT_END = `${CLOSING}"'`;

/** Returns whether a text ends where a sentence may end; closing quotes and a last bracket are looked through. */
export function endsSentence(text: string): boolean {
  const trimmed = text.trimEnd();
  if (/[。！？!?…]/.test(lastMark(trimmed)) || /[^\d.]\.$/.test(trimmed)) return true;
  const bracket = /[（(][^（()）]{1,60}[)）]$/.exec(trimmed.slice(-62));
  if (bracket === null) return false;
  const before = trimmed.slice(0, trimmed.length - bracket[0].length);
  return /[。！？!?…]/.test(lastMark(before)) || /记者|通讯员|来源|下转/.test(bracket[0]);
}

/** Returns whether a text ends with a semicolon: the end of a point in a list, or of a column within a sentence. */
export function endsHalfway(text: string): boolean {
  return /[；;]$/.test(text.trimEnd());
}

/**
 * Returns whether a text ends with a bracketed remark after its last full stop, as the last paragraph
 * of a news story does: who wrote it, where it was taken from, a note of the editors.
 */
export function closesStory(text: string): boolean {
  return /[。！？!?”]\s?[（(][^（()）]{2,40}[)）]$/.test(text.trimEnd().slice(-48));
}

/** Returns the last character that is no closing quote or bracket; empty when there is none. */
function lastMark(text: string): string {
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text[at]!;
    if (!/\s/.test(character) && !CLOSING_AT_END.includes(character)) return character;
  }
  return '';
}

/** Returns how many quotes and brackets are closed before they were opened, and how many stay open. */
export function unbalanced(text: string): {
  readonly closedBefore: number;
  readonly leftOpen: number;
} {
  const waiting: string[] = [];
  let closedBefore = 0;
  for (const character of text) {
    if (OPENING.includes(character) && waiting.length < DEEPEST) waiting.push(character);
    const closing = CLOSING.indexOf(character);
    if (closing < 0) continue;
    const opening = OPENING[closing]!.normalize('NFKC');
    const pair = waiting.findLastIndex((open) => open.normalize('NFKC') === opening);
    if (pair >= 0) waiting.length = pair;
    // 1) and 一） number the points of a list and close nothing.
    else if (character !== ')' && character !== '）') closedBefore++;
  }
  return { closedBefore, leftOpen: waiting.length };
}

/** Returns whether a text begins with a mark that no sentence begins with. */
export function beginsWithClosingMark(text: string): boolean {
  return /^[，,、。；;：:！!？?%％）)》”’」』】〉]/.test(text.trimStart());
}

/** Returns whether a text has the marks of running sentences, not only of a heading. */
export function readsLikeSentences(text: string): boolean {
  const marks = text.match(/[。；;，,、]/g)?.length ?? 0;
  return /。./u.test(text.trim()) || (endsSentence(text) && text.length >= 12) || marks >= 3;
}

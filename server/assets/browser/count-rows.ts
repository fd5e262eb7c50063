const LINE = 0x0a;
const QUOTE = 0x22;

/** Counts the articles in a download from the bytes that have come so far; all formats are UTF-8. */
export function createRowCounter(format: string): (bytes: Uint8Array) => number {
  let rows = format === 'csv' ? -1 : 0;
  let isQuoted = false;
  let lineStart = '';
  return (bytes) => {
    for (const byte of bytes) {
      if (format === 'csv' && byte === QUOTE) isQuoted = !isQuoted;
      if (byte !== LINE) {
        if (lineStart.length < 2) lineStart += String.fromCharCode(byte);
        continue;
      }
      // A record of RIS ends with a line `ER  - `; a line inside a quoted cell ends nothing.
      if (format === 'ris' ? lineStart === 'ER' : !isQuoted) rows += 1;
      lineStart = '';
    }
    return Math.max(0, rows);
  };
}

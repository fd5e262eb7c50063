/**
 * Packs ascending document numbers: the difference to the one before, seven bits a byte, the smallest
 * first; the eighth bit says that more follow (LEB128).
 */
export function packDocs(docs: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  let before = 0;
  for (const doc of docs) {
    let rest = doc - before;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
    bytes.push(rest);
    before = doc;
  }
  return Uint8Array.from(bytes);
}

/** The document numbers that `packDocs` packed. */
export function unpackDocs(bytes: Uint8Array): number[] {
  const docs: number[] = [];
  let doc = 0;
  let difference = 0;
  let place = 1;
  for (const byte of bytes) {
    difference += (byte & 0x7f) * place;
    if (byte > 0x7f) place *= 0x80;
    else {
      doc += difference;
      docs.push(doc);
      difference = 0;
      place = 1;
    }
  }
  return docs;
}

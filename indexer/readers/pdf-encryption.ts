/** `/Encrypt` as a name may be written, each letter also as `#` and its code (ISO 32000-1, 7.3.5). */
const ENCRYPT = new RegExp(
  `/${Array.from('Encrypt', (letter) => `(?:${letter}|#${letter.charCodeAt(0).toString(16)})`).join('')}`,
  'i',
);

/** Whether a PDF may say that it is encrypted: it does so in a dictionary, which is itself never packed. */
export function mayBeEncrypted(pdf: Uint8Array): boolean {
  return ENCRYPT.test(Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString('latin1'));
}

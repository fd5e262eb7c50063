import { describe, expect, it } from 'vitest';
import { pdf } from '../../../indexer/readers/pdf.ts';
import { collect, inMemoryFile } from './in-memory-file.ts';
import { makeEncryptedPdf } from './pdf-fixture.ts';

const draw = 'BT /F1 12 Tf 72 720 Td (Gaoxinqu news of the park) Tj ET';

describe('an encrypted PDF', () => {
  it('that needs no password is read', async () => {
    const bytes = makeEncryptedPdf(Buffer.from(draw));
    const { pages, findings } = await collect(pdf.read(inMemoryFile('page.pdf', bytes)));
    expect(findings).toEqual([]);
    expect(pages.map(({ text }) => text)).toEqual(['Gaoxinqu news of the park']);
  });
});

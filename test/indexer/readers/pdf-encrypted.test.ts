import { describe, expect, it } from 'vitest';
import { mayBeEncrypted } from '../../../indexer/readers/pdf-encryption.ts';
import { readGuarded } from '../../../indexer/readers/pdf-guarded.ts';
import { pdf } from '../../../indexer/readers/pdf.ts';
import { collect, inMemoryFile } from './in-memory-file.ts';
import { makeEncryptedPdf, makePdf } from './pdf-fixture.ts';

const draw = 'BT /F1 12 Tf 72 720 Td (Gaoxinqu news of the park) Tj ET';

describe('an encrypted PDF', () => {
  it('that needs no password is read', async () => {
    const bytes = makeEncryptedPdf(Buffer.from(draw));
    expect(mayBeEncrypted(bytes)).toBe(true);
    const { pages, findings } = await collect(pdf.read(inMemoryFile('page.pdf', bytes)));
    expect(findings).toEqual([]);
    expect(pages.map(({ text }) => text)).toEqual(['Gaoxinqu news of the park']);
  });

  it('that would fill the memory is given up, with the limit and what to do', async () => {
    const bomb = makeEncryptedPdf(Buffer.alloc(400_000_000, `${draw} `));
    expect(bomb.length).toBeLessThan(3_000_000);
    const { pages, findings } = await collect(readGuarded('bomb.pdf', bomb, 100 << 20));
    expect(pages).toEqual([]);
    expect(findings).toMatchObject([
      {
        severity: 'rejected',
        file: 'bomb.pdf',
        reason: expect.stringContaining('100 MB') as string,
        remedy: expect.stringContaining('去掉加密') as string,
      },
    ]);
  }, 60_000);

  it('is recognised however the name is written', () => {
    expect(mayBeEncrypted(Buffer.from('trailer << /#45nc#72ypt 9 0 R >>'))).toBe(true);
    expect(mayBeEncrypted(makePdf([[]]))).toBe(false);
  });
});

import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundLog, logSize, readLogAfter } from '../../../indexer/engine/engine-log.ts';

describe('the log file of the engine', () => {
  let folder = '';
  let path = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'park-news-log-'));
    path = join(folder, 'engine.log');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is emptied in place when it grows past 5 MB, with one older copy', () => {
    writeFileSync(path, 'a'.repeat(5_000_001));
    const { ino } = statSync(path);
    boundLog(path);
    expect(statSync(path)).toMatchObject({ ino, size: 0 });
    expect(statSync(`${path}.1`).size).toBe(5_000_001);
  });

  it('is left alone while small or missing', () => {
    boundLog(path);
    expect(logSize(path)).toBe(0);
    writeFileSync(path, 'short');
    boundLog(path);
    expect(readFileSync(path, 'utf8')).toBe('short');
  });

  it('gives the words after a place, without colours, 8 KB at most', () => {
    expect(readLogAfter(path, 0)).toBe('');
    writeFileSync(path, 'before');
    const offset = logSize(path);
    appendFileSync(path, '\x1b[31mERROR\x1b[0m after');
    expect(readLogAfter(path, offset)).toBe('ERROR after');
    appendFileSync(path, 'x'.repeat(20_000));
    expect(readLogAfter(path, offset)).toHaveLength(8_192);
  });

  it('gives everything when the file was emptied meanwhile', () => {
    writeFileSync(path, 'new');
    expect(readLogAfter(path, 1_000)).toBe('new');
  });
});

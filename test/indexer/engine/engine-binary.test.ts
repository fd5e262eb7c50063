import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BinarySources } from '../../../indexer/engine/engine-binary.ts';
import { binarySources, findEngineBinary } from '../../../indexer/engine/engine-binary.ts';
import { EngineUnavailableError } from '../../../indexer/engine/engine-error.ts';
import { openEngineFolder } from '../../../indexer/engine/engine-folder.ts';

const { bundled, bundledSha256, makeExecutable } = binarySources(undefined);
const isLinux = process.platform === 'linux' && process.arch === 'x64';

describe('findEngineBinary', () => {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'park-news-binary-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const nothing: BinarySources = {
    meiliBin: undefined,
    bundled: null,
    bundledSha256,
    makeExecutable,
    searchPath: '',
  };
  const find = (sources: Partial<BinarySources>) =>
    findEngineBinary({ ...nothing, ...sources }, openEngineFolder(home));

  /** A program that answers `--version` with this text. */
  function program(name: string, output: string, mode = 0o755): string {
    const path = join(home, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\necho '${output}'\n`, { mode });
    return path;
  }
  const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

  async function assertUnavailable(sources: Partial<BinarySources>, expected: RegExp) {
    const error: unknown = await find(sources).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EngineUnavailableError);
    expect(String(error)).toMatch(expected);
    for (const remedy of ['docker compose up', 'MEILI_URL', 'MEILI_BIN'])
      expect(String(error)).toContain(remedy);
  }

  it('names every remedy when there is no engine at all', () =>
    assertUnavailable({ searchPath: home }, /没有可以启动的检索引擎：.*；PATH 中没有 meilisearch/));

  it('prefers MEILI_BIN', async () => {
    const meiliBin = program('mine', 'meilisearch 1.15.2');
    const onPath = program('bin/meilisearch', 'meilisearch 1.20.0');
    expect(await find({ meiliBin, bundled, searchPath: dirname(onPath) })).toEqual({
      path: meiliBin,
      version: '1.15.2',
      origin: 'MEILI_BIN',
    });
  });

  it('finds one on the PATH', async () => {
    const path = program('bin/meilisearch', 'meilisearch 1.20.0');
    expect(await find({ searchPath: `${home}/none:${dirname(path)}` })).toEqual({
      path,
      version: '1.20.0',
      origin: 'PATH',
    });
  });

  it('does not fall through when MEILI_BIN is wrong', async () => {
    const searchPath = dirname(program('bin/meilisearch', 'meilisearch 1.20.0'));
    await assertUnavailable(
      { searchPath, meiliBin: join(home, 'none') },
      /MEILI_BIN 指向的 .*none 不存在/,
    );
    await assertUnavailable({ searchPath, meiliBin: home }, /不存在或不是文件/);
    const plain = program('plain', 'meilisearch 1.20.0', 0o644);
    await assertUnavailable({ searchPath, meiliBin: plain }, /没有执行权限.*chmod \+x/);
  });

  it.each([
    ['an old version', 'meilisearch 1.11.3', /版本 1\.11\.3 太旧，需要 1\.12\.0/],
    ['another program', 'hello', /不像是 Meilisearch/],
  ])('refuses %s', (_, output, expected) =>
    assertUnavailable({ meiliBin: program('mine', output) }, expected),
  );

  it('says when the system is too old for the program', async () => {
    const path = join(home, 'mine');
    const words = "mine: /lib/libc.so.6: version \\`GLIBC_2.35' not found (required by mine)";
    writeFileSync(path, `#!/bin/sh\necho "${words}" >&2\nexit 1\n`, { mode: 0o755 });
    await assertUnavailable({ meiliBin: path }, /glibc 太旧，需要 2\.35/);
  });

  it('says when the loader of the program is missing', async () => {
    const path = join(home, 'mine');
    writeFileSync(path, '#!/no/such/loader\n', { mode: 0o755 });
    await assertUnavailable({ meiliBin: path }, /没有它需要的 glibc/);
  });

  describe.runIf(isLinux)('with the packaged engine', () => {
    it('refuses a file that is not the one we checked, even with another on the PATH', async () => {
      const searchPath = dirname(program('bin/meilisearch', 'meilisearch 1.20.0'));
      const changed = program('packaged', 'meilisearch 1.21.0', 0o644);
      await expect(find({ bundled: changed, searchPath })).rejects.toMatchObject({
        kind: 'digest-mismatch',
        message: expect.stringMatching(
          /SHA-256 应为 5354d854.*没有启动.*npm ci.*MEILI_BIN/,
        ) as string,
      });
      expect(statSync(changed).mode & 0o111).toBe(0);
    });

    it('goes on to the PATH when the packaged one does not run here', async () => {
      const path = program('bin/meilisearch', 'meilisearch 1.20.0');
      const text = '#!/no/such/loader\n';
      const broken = join(home, 'packaged');
      writeFileSync(broken, text);
      const found = await find({
        bundled: broken,
        bundledSha256: digestOf(text),
        searchPath: dirname(path),
      });
      expect(found.origin).toBe('PATH');
    });

    it('gives the packaged file its run bit', async () => {
      const text = "#!/bin/sh\necho 'meilisearch 1.21.0'\n";
      const packaged = join(home, 'packaged');
      writeFileSync(packaged, text, { mode: 0o644 });
      const found = await find({ bundled: packaged, bundledSha256: digestOf(text) });
      expect(found).toEqual({ path: packaged, version: '1.21.0', origin: 'npm' });
    });

    it('copies the packaged file when it must not be changed, once', async () => {
      const text = "#!/bin/sh\necho 'meilisearch 1.21.0'\n";
      const packaged = join(home, 'packaged');
      writeFileSync(packaged, text, { mode: 0o444 });
      const sources = {
        bundled: packaged,
        bundledSha256: digestOf(text),
        makeExecutable: () => false,
      };
      const { path } = await find(sources);
      expect(dirname(path)).toBe(join(openEngineFolder(home).root, 'bin'));
      expect(statSync(path).mode & 0o777).toBe(0o755);
      expect(statSync(packaged).mode & 0o777).toBe(0o444);
      const copied = statSync(path).mtimeMs;
      expect((await find(sources)).path).toBe(path);
      expect(statSync(path).mtimeMs).toBe(copied);
      writeFileSync(path, 'changed by somebody');
      await find(sources);
      expect(digestOf(readFileSync(path, 'utf8'))).toBe(sources.bundledSha256);
    });

    it.runIf(bundled !== null)('runs the real one', async () => {
      expect(await find({ bundled })).toMatchObject({ version: '1.21.0', origin: 'npm' });
    });
  });
});

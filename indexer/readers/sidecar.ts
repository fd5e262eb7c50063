import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { doubtful, type Finding } from '../core/finding.ts';
import { decodeText } from './decode.ts';
import { cleanText } from './clean-text.ts';
import { findWrittenDate } from './file-date.ts';
import { ioFinding, isIoError } from './io-findings.ts';
import { mergeMetadata, readMetadata, withoutEmpty } from './metadata.ts';
import type { PageMetadata, SourceFile } from './page.ts';
import { parseYamlMapping } from './yaml-mapping.ts';

/** What the names and files around a file say about it. */
interface FileContext {
  readonly metadata: PageMetadata;
  readonly findings: readonly Finding[];
}

export type SidecarLookup = (file: SourceFile) => Promise<FileContext>;

const MOST_BYTES = 64 * 1024;
/** Folders whose `meta.yaml` is remembered; a run goes folder by folder. */
const CACHE_SIZE = 1_000;
const NOTHING: FileContext = { metadata: { dates: [] }, findings: [] };

/**
 * Returns a look-up of the sidecars of a file and of the date in its name, for one run: the `meta.yaml` of a folder
 * is read once and its faults are reported once. The nearer says more: `NAME.txt.meta.yaml`, `NAME.meta.yaml`,
 * `meta.yaml` in the folder and its parents up to the named root, then the file name.
 */
export function createSidecarLookup(): SidecarLookup {
  /** The sidecars of each folder; one look at it instead of four at each of its files. */
  const listed = new Map<string, ReadonlySet<string>>();
  /** What the `meta.yaml` of each folder says, once it has been read. */
  const said = new Map<string, PageMetadata>();

  const readFirst = async (folder: string, ...names: readonly string[]): Promise<FileContext> => {
    let sidecars = listed.get(folder);
    if (sidecars === undefined) {
      if (listed.size >= CACHE_SIZE) for (const memory of [listed, said]) memory.clear();
      sidecars = await listSidecars(folder);
      listed.set(folder, sidecars);
    }
    const name = names.find((candidate) => sidecars.has(candidate));
    return name === undefined ? NOTHING : readSidecar(join(folder, name));
  };

  const ofFolder = async (path: string): Promise<FileContext> => {
    const known = said.get(path);
    if (known !== undefined) return { metadata: known, findings: [] };
    const read = await readFirst(path, 'meta.yaml', 'meta.yml');
    const { source, section, dates } = read.metadata;
    // A title or an address cannot be that of every file in a folder.
    const metadata = withoutEmpty({ source, section, dates });
    said.set(path, metadata);
    return { ...read, metadata };
  };

  return async (file) => {
    const [folder, name] = [dirname(file.path), basename(file.path)];
    const stem = name.replace(/\.[^.]+$/, '');
    const found = [
      await readFirst(folder, `${name}.meta.yaml`, `${name}.meta.yml`),
      await readFirst(folder, `${stem}.meta.yaml`, `${stem}.meta.yml`),
    ];
    for (const above of foldersUpTo(file)) found.push(await ofFolder(above));
    // Also as the prefix of a Jekyll name.
    const date = findWrittenDate(name);
    const inName = { dates: date === null ? [] : [{ text: date, origin: 'file-name' as const }] };
    return {
      metadata: [...found.map(({ metadata }) => metadata), inName].reduce(mergeMetadata),
      findings: found.flatMap(({ findings }) => findings),
    };
  };
}

async function listSidecars(folder: string): Promise<ReadonlySet<string>> {
  try {
    return new Set((await readdir(folder)).filter((name) => /meta\.ya?ml$/.test(name)));
  } catch (error) {
    // A folder may be searched but not listed, or be none; its files are read all the same.
    if (isIoError(error)) return new Set();
    throw error;
  }
}

/** From the file's folder to its root, as the user would write them. */
function foldersUpTo(file: SourceFile): string[] {
  const own = dirname(file.path);
  const root = resolve(file.root ?? own);
  const folders = [own];
  for (let folder = own; resolve(folder) !== root;) {
    const parent = dirname(folder);
    if (parent === folder) break;
    folders.push(parent);
    folder = parent;
  }
  return folders;
}

async function readSidecar(path: string): Promise<FileContext> {
  // The page still goes in, so nothing about a sidecar is `rejected`.
  const refused = (reason: string, remedy: string): FileContext => ({
    ...NOTHING,
    findings: [doubtful(path, '', reason, remedy)],
  });
  let bytes: Buffer;
  try {
    const stats = await lstat(path);
    if (!stats.isFile()) return NOTHING;
    if (stats.size > MOST_BYTES)
      return refused(`说明文件超过 ${MOST_BYTES / 1024} KiB`, '只保留来源、日期和版面');
    bytes = await readFile(path);
  } catch (error) {
    return { ...NOTHING, findings: [ioFinding(path, error)] };
  }
  const decoded = decodeText(bytes);
  if (decoded.type === 'binary')
    return refused(`说明文件不是文本：${decoded.reason}`, '另存为 UTF-8 文本');
  const { values, problem } = parseYamlMapping(cleanText(decoded.text).text);
  const { metadata, problems } = readMetadata(values, 'sidecar');
  const findings = problems.map((wrong) =>
    doubtful(path, '', `字段不可用：${wrong}`, '改成一行文字；其余字段已采用'),
  );
  if (problem !== null) {
    const remedy = '照“来源: 科技日报”的样子改写这一行，值里有冒号时加双引号';
    const reason = `YAML 格式有误：${problem.reason}`;
    findings.unshift(doubtful(path, `第 ${problem.line} 行`, reason, remedy));
  }
  return { metadata, findings };
}

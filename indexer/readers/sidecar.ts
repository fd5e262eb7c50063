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

/** What the surroundings of a file say about it. */
interface Surroundings {
  readonly metadata: PageMetadata;
  readonly findings: readonly Finding[];
}

export type SidecarLookup = (file: SourceFile) => Promise<Surroundings>;

const MOST_BYTES = 64 * 1024;
/** Folders whose `meta.yaml` is remembered; a run goes folder by folder. */
const REMEMBERED_FOLDERS = 1_000;
const NOTHING: Surroundings = { metadata: { dates: [] }, findings: [] };

/**
 * Returns a look-up of the sidecars of a file and of the date in its name, for one run: the
 * `meta.yaml` of a folder is read once and its faults are reported once. The nearer says more:
 * `NAME.txt.meta.yaml`, `NAME.meta.yaml`, `meta.yaml` in the folder and its parents up to the
 * named root, then the file name.
 */
export function createSidecarLookup(): SidecarLookup {
  const folders = new Map<string, Folder>();

  const folderOf = async (path: string): Promise<Folder> => {
    let folder = folders.get(path);
    if (folder === undefined) {
      folder = { sidecars: await listSidecars(path), said: null };
      if (folders.size >= REMEMBERED_FOLDERS) folders.clear();
      folders.set(path, folder);
    }
    return folder;
  };

  const readFirst = async (folder: string, names: readonly string[]): Promise<Surroundings> => {
    const { sidecars } = await folderOf(folder);
    const name = names.find((candidate) => sidecars.has(candidate));
    return name === undefined ? NOTHING : readSidecar(join(folder, name));
  };

  const ofFolder = async (path: string): Promise<Surroundings> => {
    const folder = await folderOf(path);
    if (folder.said !== null) return { metadata: folder.said, findings: [] };
    const read = await readFirst(path, ['meta.yaml', 'meta.yml']);
    folder.said = ofWholeFolder(read.metadata);
    return { ...read, metadata: folder.said };
  };

  return async (file) => {
    const [folder, name] = [dirname(file.path), basename(file.path)];
    const stem = name.replace(/\.[^.]+$/, '');
    const found = [
      await readFirst(folder, [`${name}.meta.yaml`, `${name}.meta.yml`]),
      await readFirst(folder, [`${stem}.meta.yaml`, `${stem}.meta.yml`]),
    ];
    for (const above of foldersUpTo(file)) found.push(await ofFolder(above));
    found.push({ metadata: fileNameMetadata(file.path), findings: [] });
    return {
      metadata: found.map(({ metadata }) => metadata).reduce(mergeMetadata),
      findings: found.flatMap(({ findings }) => findings),
    };
  };
}

interface Folder {
  /** Names; one look at the folder instead of four at each of its files. */
  readonly sidecars: ReadonlySet<string>;
  /** What its `meta.yaml` says, once it has been read. */
  said: PageMetadata | null;
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

/** A title or an address cannot be that of every file in a folder. */
function ofWholeFolder({ source, section, dates }: PageMetadata): PageMetadata {
  return withoutEmpty({ source, section, dates });
}

/** The date in a file's name, also as the prefix of a Jekyll name. */
function fileNameMetadata(path: string): PageMetadata {
  const date = findWrittenDate(basename(path));
  return { dates: date === null ? [] : [{ text: date, origin: 'file-name' }] };
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

async function readSidecar(path: string): Promise<Surroundings> {
  let bytes: Buffer;
  try {
    const stats = await lstat(path);
    if (!stats.isFile()) return NOTHING;
    if (stats.size > MOST_BYTES) {
      return refused(path, '', `说明文件超过 ${MOST_BYTES / 1024} KiB`, '只保留来源、日期和版面');
    }
    bytes = await readFile(path);
  } catch (error) {
    return { ...NOTHING, findings: [ioFinding(path, error)] };
  }
  const decoded = decodeText(bytes);
  if (decoded.type === 'binary') {
    return refused(path, '', `说明文件不是文本：${decoded.reason}`, '另存为 UTF-8 文本');
  }
  return understand(path, cleanText(decoded.text).text);
}

function understand(path: string, source: string): Surroundings {
  const { values, problem } = parseYamlMapping(source);
  const { metadata, problems } = readMetadata(values, 'sidecar');
  const findings: Finding[] = [];
  if (problem !== null) {
    const remedy = '照“来源: 科技日报”的样子改写这一行，值里有冒号时加双引号';
    findings.push(
      doubtful(path, `第 ${problem.line} 行`, `YAML 格式有误：${problem.reason}`, remedy),
    );
  }
  for (const wrong of problems) {
    findings.push(doubtful(path, '', `字段不可用：${wrong}`, '改成一行文字；其余字段已采用'));
  }
  return { metadata, findings };
}

/** The page still goes in, so nothing about a sidecar is `rejected`. */
function refused(path: string, place: string, reason: string, remedy: string): Surroundings {
  return { ...NOTHING, findings: [doubtful(path, place, reason, remedy)] };
}

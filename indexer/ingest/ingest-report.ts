import type { Finding } from '../core/finding.ts';

/** What taking in files changed, in articles. */
export interface ArticleChanges {
  added: number;
  updated: number;
  removed: number;
  unchanged: number;
}

/** What one run of `npm run index` did; `--report` writes it as JSON. */
export interface IngestReport {
  readonly files: { seen: number; taken: number; rejected: number };
  readonly articles: ArticleChanges;
  /** Files taken in earlier that are gone from the disk. */
  readonly missing: string[];
  duplicates: number;
  readonly findings: Finding[];
  readonly rejections: { file: string; place: string; reason: string; remedy: string }[];
  tookMs: number;
}

export function noChanges(): ArticleChanges {
  return { added: 0, updated: 0, removed: 0, unchanged: 0 };
}

/** Adds what was changed to the report. */
export function noteChanges({ articles }: IngestReport, changes: ArticleChanges): void {
  for (const key of ['added', 'updated', 'removed', 'unchanged'] as const)
    articles[key] += changes[key];
}

export function emptyReport(): IngestReport {
  return {
    files: { seen: 0, taken: 0, rejected: 0 },
    articles: noChanges(),
    missing: [],
    duplicates: 0,
    findings: [],
    rejections: [],
    tookMs: 0,
  };
}

/** Adds a finding, and to the rejections what was not taken in. */
export function noteFinding(report: IngestReport, finding: Finding): void {
  report.findings.push(finding);
  const { file, place, reason, remedy } = finding;
  if (finding.severity === 'rejected') report.rejections.push({ file, place, reason, remedy });
}

/** 0: all inputs taken; 2: some rejected, the rest indexed; 1: nothing could be done. */
export function exitCode(report: IngestReport): 0 | 1 | 2 {
  if (report.rejections.length === 0) return 0;
  // Cutting stored pages again takes no file in.
  const { added, updated, unchanged } = report.articles;
  return report.files.taken + added + updated + unchanged === 0 ? 1 : 2;
}

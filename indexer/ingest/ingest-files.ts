import { resolve } from 'node:path';
import type { Finding } from '../finding.ts';
import type { FileIntake, PreparedPage } from '../ledger/file-intake.ts';
import { recordFindings, startFileIntake } from '../ledger/file-intake.ts';
import type { Page, SourceFile } from '../readers/page.ts';
import { readSource } from '../readers/readers.ts';
import type { SidecarLookup } from '../readers/sidecar.ts';
import { createSidecarLookup } from '../readers/sidecar.ts';
import { findSourceFiles } from '../readers/source-files.ts';
import type { Store } from '../store/database.ts';
import { emptyReport, type IngestReport } from './ingest-report.ts';

/** Pages a transaction: large enough for speed, small enough to repeat little after a kill. */
const PAGES_AT_ONCE = 200;

export interface IngestOptions {
  /** Null: a dry run, which reads and splits everything and writes nothing. */
  readonly store: Store | null;
  readonly preparePage: (page: Page) => PreparedPage;
  readonly onFile?: (report: IngestReport, path: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Reads files, folders and globs into the store; what cannot be read is in the report with its
 * place and remedy, and everything else goes in.
 */
export async function ingestFiles(
  inputs: readonly string[],
  options: IngestOptions,
): Promise<IngestReport> {
  const started = performance.now();
  const report = emptyReport();
  const sidecars = createSidecarLookup();
  for await (const source of findSourceFiles(inputs)) {
    options.signal?.throwIfAborted();
    if ('type' in source) {
      report.files.seen += 1;
      report.files.rejected += 1;
      note(report, source);
      if (options.store !== null) recordFindings(options.store, resolve(source.file), [source]);
      continue;
    }
    await ingestFile(source, sidecars, options, report);
    options.onFile?.(report, source.path);
  }
  report.tookMs = Math.round(performance.now() - started);
  return report;
}

async function ingestFile(
  file: SourceFile,
  sidecars: SidecarLookup,
  { store, preparePage, signal }: IngestOptions,
  report: IngestReport,
): Promise<void> {
  report.files.seen += 1;
  const intake = store === null ? dryIntake() : startFileIntake(store, resolve(file.path));
  const findings: Finding[] = [];
  let batch: PreparedPage[] = [];
  let pages = 0;
  for await (const item of readSource(file, sidecars)) {
    signal?.throwIfAborted();
    if (item.type === 'finding') {
      findings.push(item);
      note(report, item);
      continue;
    }
    pages += 1;
    if (intake.keepIfStored(item)) continue;
    batch.push(preparePage(item));
    if (batch.length >= PAGES_AT_ONCE) {
      intake.add(batch);
      batch = [];
    }
  }
  if (batch.length > 0) intake.add(batch);
  const changes = intake.finish(`${pages}`, file.size, findings);
  for (const key of ['added', 'updated', 'removed', 'unchanged'] as const)
    report.articles[key] += changes[key];
  const rejectedWhole = pages === 0 && findings.some((finding) => finding.severity === 'rejected');
  if (rejectedWhole) report.files.rejected += 1;
  else report.files.taken += 1;
}

function note(report: IngestReport, finding: Finding): void {
  report.findings.push(finding);
  const { file, place, reason, remedy } = finding;
  if (finding.severity === 'rejected') report.rejections.push({ file, place, reason, remedy });
}

function dryIntake(): FileIntake {
  const changes = { added: 0, updated: 0, removed: 0, unchanged: 0 };
  return {
    keepIfStored: () => false,
    add(pages) {
      for (const page of pages) changes.added += page.articles.length;
    },
    finish: () => changes,
  };
}

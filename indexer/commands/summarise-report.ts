import type { IngestReport } from '../ingest/ingest-report.ts';

/** What a run did, in lines for the terminal: every finding with its place and remedy, then the sums. */
export function summarise(report: IngestReport): string[] {
  const { files, articles } = report;
  return [
    ...report.findings.map(({ severity, file, place, reason, remedy }) => {
      const where = place === '' ? file : `${file} ${place}`;
      return `${severity === 'rejected' ? '拒收' : '存疑'} ${where}：${reason}。${remedy}`;
    }),
    `文件 ${files.seen} 个：收录 ${files.taken}，拒收 ${files.rejected}，缺失 ${report.missing.length}。` +
      `文章：新增 ${articles.added}，更新 ${articles.updated}，移除 ${articles.removed}，未变 ${articles.unchanged}；` +
      `重复 ${report.duplicates}。用时 ${(report.tookMs / 1000).toFixed(1)} 秒`,
  ];
}

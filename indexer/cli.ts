import { Command } from 'commander';
import { EnvironmentError, readEnvironment } from '../config/environment.ts';
import type { RestoreCommandOptions } from './commands/backup-commands.ts';
import { runBackup, runRestore } from './commands/backup-commands.ts';
import { EXPORT_FORMATS } from './documents/export-formats.ts';
import { runExport, type ExportCommandOptions } from './commands/export-command.ts';
import { runIndex, type IndexCommandOptions } from './commands/index-command.ts';
import { runRebalance, runRebuild } from './commands/index-upkeep-commands.ts';
import { failureMessage } from './commands/terminal.ts';

/** Entry point of `npm run index`, `export`, `rebuild`, `rebalance`, `backup` and `restore`. */
const program = new Command('park-news-search').showHelpAfterError('（加 --help 看用法）');

program
  .command('index')
  .description('收录文件、文件夹或通配符；可反复运行，未变的不重做')
  .argument('[input...]', '文件、文件夹或通配符')
  .option('--report <file>', '把收录报告写成 JSON')
  .option('--dry-run', '只读只切分，不写入')
  .option('--prune', '移除文件已不在的文章')
  .option('--yes', '与 --prune 同用：文件夹空了、不在了或读不到时也移除')
  .option('--resplit', '用现在的切分与标注重做库中全部版面，不需要原文件')
  .option('--exact-duplicates', '逐对比对查重，慢而全')
  .action(async (inputs: string[], options: IndexCommandOptions) => {
    process.exitCode = await runIndex(inputs, options, readEnvironment());
  });

program
  .command('export')
  .description('导出全部文章，写到文件或标准输出')
  .option('--format <format>', EXPORT_FORMATS.join('、'), 'jsonl')
  .option('-o, --output <file>', '写到这个文件，写完整了才换上；不给则写到标准输出')
  .action(async (options: ExportCommandOptions) => {
    process.exitCode = await runExport(options, readEnvironment());
  });

program
  .command('rebuild')
  .description('从文章库重建索引，建好后换上，检索不中断')
  .action(async () => {
    process.exitCode = await runRebuild(readEnvironment());
  });

program
  .command('rebalance')
  .description('MEILI_SHARDS 增减之后，把该换地方的文章搬过去，检索不中断')
  .action(async () => {
    process.exitCode = await runRebalance(readEnvironment());
  });

program
  .command('backup')
  .description('把文章库、保存的检索和词表写成一个文件，服务开着也可以')
  .argument('<file>', '备份文件')
  .action(async (file: string) => {
    process.exitCode = await runBackup(file, readEnvironment());
  });

program
  .command('restore')
  .description('用备份换上文章库，先核对备份；服务须停着')
  .argument('<file>', '备份文件')
  .option('--force', '换掉已有内容的库，原来的改名留下')
  .option('--word-lists', '连词表也换成备份时的')
  .action(async (file: string, options: RestoreCommandOptions) => {
    process.exitCode = await runRestore(file, options, readEnvironment());
  });

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${failureMessage(error)}\n`);
  if (!(error instanceof EnvironmentError) && process.env['LOG_LEVEL'] === 'debug')
    process.stderr.write(`${(error as Error).stack ?? ''}\n`);
  process.exitCode = 1;
}

import { groupDigits } from '../html/labels.ts';
import { html, text, type SafeHtml } from '../html/safe-html.ts';
import { layout, type PageShell } from './layout.ts';

/** What the service is doing before it can answer. */
export type StartStep =
  | { readonly doing: 'opening' | 'starting-engine' | 'waiting-for-intake' }
  | {
      readonly doing: 'taking-in-samples';
      readonly files: number;
      readonly ofFiles: number;
      readonly articles: number;
    }
  /** Of 100; null before it is known. */
  | { readonly doing: 'building-index'; readonly percent: number | null };

/** The step in one sentence, without its full stop. */
export function describeStep(step: StartStep): string {
  switch (step.doing) {
    case 'opening':
      return '正在打开文章库和词表';
    case 'starting-engine':
      return '正在启动检索引擎';
    case 'waiting-for-intake':
      return '另一个进程正在收录，等它完成';
    case 'taking-in-samples': {
      const [files, ofFiles, articles] = [step.files, step.ofFiles, step.articles].map(groupDigits);
      return `正在收录示例数据：${files}/${ofFiles} 个文件，${articles} 篇报道`;
    }
    case 'building-index':
      return step.percent === null ? '正在建立索引' : `正在建立索引（已完成 ${step.percent}%）`;
  }
}

/** Stands for every page until the service can answer. */
export function startingPage(shell: PageShell, step: StartStep): SafeHtml {
  return layout(
    { ...shell, notice: null },
    {
      title: '正在准备',
      page: 'starting',
      main: html`<div class="prose">
        <h1>正在准备</h1>
        <p role="status">${text(describeStep(step))}</p>
        <p>${progressBar(step)}</p>
        <p class="hint">这一页会自己刷新，准备好后就是要看的那一页。</p>
      </div>`,
    },
  );
}

function progressBar(step: StartStep): SafeHtml {
  const [done, all] = amounts(step);
  if (done === null) return html`<progress aria-label="进度"></progress>`;
  return html`<progress
    aria-label="进度"
    value="${text(done)}"
    max="${text(Math.max(all, done, 1))}"
  ></progress>`;
}

function amounts(step: StartStep): readonly [done: number | null, all: number] {
  if (step.doing === 'taking-in-samples') return [step.files, step.ofFiles];
  return step.doing === 'building-index' ? [step.percent, 100] : [null, 0];
}

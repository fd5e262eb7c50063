import type { Rebuilding, ServiceState } from '../telemetry/service-state.ts';
import { html, text } from '../html/safe-html.ts';
import type { SafeHtml } from '../html/safe-html.ts';

/** Whether the index is being made anew, what the last audit showed, and which word lists are in use. */
export function stateFacts({
  rebuilding,
  state,
}: {
  readonly rebuilding: Rebuilding | null;
  readonly state: Readonly<ServiceState>;
}): SafeHtml {
  const { lastAudit, wordListsReadAt, wordListProblem, isTakingUpWordLists } = state;
  return html`${
      rebuilding !== null &&
      html`<dt>正在重建</dt>
        <dd>${text(rebuilding.reason)}</dd>
        ${
          rebuilding.progress !== null &&
          html`<dt>重建进度</dt>
            <dd>${text(`${rebuilding.progress}%`)}</dd>`
        }`
    }
    <dt>与文章库抽查核对</dt>
    <dd>${text(lastAudit === null ? '还没有' : `${minute(lastAudit.at)} UTC`)}</dd>
    ${
      lastAudit !== null &&
      html`<dt>核对结果</dt>
        <dd>${text(lastAudit.fault ?? `抽查 ${lastAudit.checked} 篇，都相符`)}</dd>`
    }
    <dt>词表读入于</dt>
    <dd>${text(minute(wordListsReadAt))} UTC</dd>
    ${
      isTakingUpWordLists &&
      html`<dt>改过的词表</dt>
        <dd>${text('正在据此重做标注与索引，做好后采用')}</dd>`
    }
    ${
      wordListProblem !== null &&
      html`<dt>改过的词表有误，仍用原来的</dt>
        <dd><bdi>${text(wordListProblem)}</bdi></dd>`
    }`;
}

const minute = (time: Date) => time.toISOString().slice(0, 16).replace('T', ' ');

import { isExpectedFailure } from './answers.ts';
import { announce, button, element, phrase, saveFile } from './dom.ts';

/** Downloads of result lists show how far they are and can be stopped; without scripts they are plain links. */
export function startExportProgress(): void {
  // Results are swapped while one types, so the page listens and not each link.
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest<HTMLAnchorElement>('.export a[download]') ?? null;
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void download(link);
  });
}

async function download(link: HTMLAnchorElement): Promise<void> {
  const stopping = new AbortController();
  const view = showProgress(link, () => stopping.abort());
  try {
    const response = await fetch(link.href, { signal: stopping.signal });
    if (!response.ok || response.body === null) throw new TypeError(`answer ${response.status}`);
    const total = Number(response.headers.get('x-total-count') ?? NaN);
    const parts = await readParts(response.body, link, (rows) => view.show(rows, total));
    const type = response.headers.get('content-type') ?? '';
    saveFile(new Blob(parts, { type }), fileName(response));
    view.end(phrase('已导出'));
  } catch (error) {
    if (!isExpectedFailure(error)) throw error;
    view.end(phrase(stopping.signal.aborted ? '已停止导出' : '导出中断，请再试一次'));
  }
}

async function readParts(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  link: HTMLAnchorElement,
  onRows: (rows: number) => void,
): Promise<Blob[]> {
  const countRows = createRowCounter(new URL(link.href).searchParams.get('format') ?? '');
  const parts: Blob[] = [];
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts;
    // The browser may keep a blob on disk; bytes it cannot.
    parts.push(new Blob([value]));
    onRows(countRows(value));
  }
}

function showProgress(link: HTMLAnchorElement, stop: () => void) {
  const bar = element('progress', { ariaLabel: phrase('导出进度') });
  const said = element('span', {}, phrase('正在准备…'));
  const place = element('p', { className: 'progress' }, bar, said, button(phrase('停止'), stop));
  const list = link.closest('.export');
  list?.querySelector('.progress')?.remove();
  list?.append(place);
  announce(phrase('开始导出'));
  return {
    show(rows: number, total: number): void {
      if (Number.isFinite(total)) {
        bar.max = Math.max(total, 1);
        bar.value = rows;
        said.textContent = phrase('{1} / {2} 篇', rows, total);
      } else said.textContent = phrase('{1} 篇', rows);
    },
    end(sentence: string): void {
      place.replaceChildren(sentence);
      announce(sentence);
    },
  };
}

function fileName(response: Response): string {
  const given = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '');
  return given?.[1] ?? 'articles';
}

const LINE = 0x0a;
const QUOTE = 0x22;

/** Counts the articles in a download from the bytes that have come so far; all formats are UTF-8. */
export function createRowCounter(format: string): (bytes: Uint8Array) => number {
  let rows = format === 'csv' ? -1 : 0;
  let isQuoted = false;
  let lineStart = '';
  return (bytes) => {
    for (const byte of bytes) {
      if (format === 'csv' && byte === QUOTE) isQuoted = !isQuoted;
      if (byte !== LINE) {
        if (lineStart.length < 2) lineStart += String.fromCharCode(byte);
        continue;
      }
      // A record of RIS ends with a line `ER  - `; a line inside a quoted cell ends nothing.
      if (format === 'ris' ? lineStart === 'ER' : !isQuoted) rows += 1;
      lineStart = '';
    }
    return Math.max(0, rows);
  };
}

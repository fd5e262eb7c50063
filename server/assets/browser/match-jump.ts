import { phrase, announce, button, element, isTyping } from './dom.ts';

/** Previous and next match on the article page, by buttons and by `p` and `n`. */
export function startMatchJump(): void {
  const bar = document.querySelector('#matches');
  const marks = [...document.querySelectorAll<HTMLElement>('.story mark')];
  if (bar === null || marks.length === 0) return;
  let current = -1;
  const place = element('span');

  const jump = (step: 1 | -1): void => {
    marks[current]?.classList.remove('current');
    current =
      current === -1 && step === -1
        ? marks.length - 1
        : (current + step + marks.length) % marks.length;
    const mark = marks[current]!;
    mark.classList.add('current');
    mark.scrollIntoView({ block: 'center' });
    place.textContent = ` ${current + 1} / ${marks.length} `;
    announce(phrase('第 {1} 处，共 {2} 处', current + 1, marks.length));
  };

  bar.replaceChildren(
    jumpButton(phrase('上一处'), 'p', () => jump(-1)),
    place,
    jumpButton(phrase('下一处'), 'n', () => jump(1)),
  );
  place.textContent = ` ${phrase('匹配 {1} 处', marks.length)} `;
  document.addEventListener('keydown', (event) => {
    if (isTyping(event)) return;
    if (event.key === 'n') jump(1);
    if (event.key === 'p') jump(-1);
  });
}

function jumpButton(label: string, key: string, act: () => void): HTMLButtonElement {
  const made = button(label, act, { title: phrase('快捷键 {1}', key) });
  made.setAttribute('aria-keyshortcuts', key);
  return made;
}

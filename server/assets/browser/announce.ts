/** Says a sentence to people who use a screen reader. */
export function announce(sentence: string): void {
  const region = document.querySelector('#announce');
  if (region !== null) region.textContent = sentence;
}

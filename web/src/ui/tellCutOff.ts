const told = new WeakSet<Element>();

/** Shows the whole text as a tooltip when the pointer is over text that an ellipsis cuts off. */
export function tellCutOff() {
  document.addEventListener('pointerover', ({ target }) => {
    for (let at = target instanceof Element ? target : null; at instanceof HTMLElement; at = at.parentElement) {
      const { textOverflow, webkitLineClamp } = getComputedStyle(at);
      const clamped = webkitLineClamp !== 'none';
      if (textOverflow !== 'ellipsis' && !clamped) continue;
      if (at.title && !told.has(at)) return;
      told.add(at);
      at.title = at.scrollWidth > at.clientWidth || (clamped && at.scrollHeight > at.clientHeight) ? at.innerText.trim() : '';
      return;
    }
  });
}

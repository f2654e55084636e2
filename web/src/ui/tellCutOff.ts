const told = new WeakSet<Element>();

/** What is cut off by an ellipsis says all of it where it is pointed at. */
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

let running = 0;

const ask = (event: BeforeUnloadEvent) => event.preventDefault();

/** Does work that changes many records. Until it is done, the browser asks before it closes or reloads the page. */
export async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  if (running++ === 0) window.addEventListener('beforeunload', ask);
  try {
    return await work();
  } finally {
    if (--running === 0) window.removeEventListener('beforeunload', ask);
  }
}

const atOnce = 4;

/** Does the same for all, a few at a time, and answers in their order. */
export async function inParallel<In, Out>(all: In[], work: (one: In) => Promise<Out>): Promise<Out[]> {
  const out: Out[] = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < all.length; i = next++) out[i] = await work(all[i] as In);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
  return out;
}

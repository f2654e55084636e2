const atOnce = 4;

/** Does the work for every element, a few at a time, and returns the results in their order. */
export async function inParallel<In, Out>(all: In[], work: (one: In) => Promise<Out>): Promise<Out[]> {
  const out: Out[] = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < all.length; i = next++) out[i] = await work(all[i] as In);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, all.length) }, worker));
  return out;
}

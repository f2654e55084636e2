import { makeStore } from '@/api/store';

interface Results {
  title: string;
  refused: { id: number; name: string; to: string; error?: string; unknown?: boolean }[];
  done: { n: number; state: string };
}

/** The refusals of a bulk change and the number of changed records, while ResultsDialog shows them. */
export const results = makeStore<Results | null>(null);

export const showResults = (shown: Results) => results.set(shown);

import { makeStore } from '@/api/store';

interface Results {
  title: string;
  refused: { id: number; name: string; to: string; error?: string; unknown?: boolean }[];
  done: { n: number; state: string };
}

/** What was refused of a bulk change and how many were changed, while ResultsDialog shows it. */
export const results = makeStore<Results | null>(null);

export const showResults = (shown: Results) => results.set(shown);

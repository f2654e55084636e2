import { makeStore } from '@/api/store';

interface Results {
  title: string;
  rows: { id: number; name: string; error?: string; unknown?: boolean; done?: string }[];
}

/** The outcome for each record of a bulk change, while ResultsDialog shows it. */
export const results = makeStore<Results | null>(null);

export const showResults = (shown: Results) => results.set(shown);

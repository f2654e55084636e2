import { makeStore } from '@/api/store';

interface Results {
  title: string;
  rows: { id: number; name: string; error?: string; unknown?: boolean; done?: string }[];
}

/** What a change of many records did to each, while it is shown. */
export const results = makeStore<Results | null>(null);

export const showResults = (shown: Results) => results.set(shown);

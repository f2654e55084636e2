import { useQuery, useQueryClient } from '@tanstack/react-query';
import { wholePage } from '@/api/dataProvider';
import { api } from '@/api/http';
import { t } from '@/i18n/t';
import { toast, toastError } from '@/toast/toasts';
import { moved, type Category, type Place } from './tree';

const key = ['categories', 'tree'];

// Sorted by the server, as its lists are: a browser's own order differs.
const all = async () => (await wholePage<Category>('/categories', { sort: 'name', count: 'none' }, Infinity)).items;

/** All categories, and how to move one. */
export function useCategories() {
  const client = useQueryClient();
  const query = useQuery({ queryKey: key, queryFn: all });
  const categories = query.data ?? [];

  const save = async (places: Place[]) => {
    const to = new Map(places.map((p) => [p.id, p]));
    client.setQueryData<Category[]>(key, (old) => old?.map((c) => ({ ...c, ...to.get(c.id) })));
    try {
      for (const { id, ...place } of places) await api.patch(`/categories/${id}`, place);
    } finally {
      await client.invalidateQueries({ queryKey: ['categories'] });
    }
  };

  const move = async (id: number, parent: number | null, index: number) => {
    const places = moved(categories, id, parent, index);
    if (places.length === 0) return;
    const before = categories.filter((c) => places.some((p) => p.id === c.id)).map((c) => ({ id: c.id, parent_id: c.parent_id, position: c.position }));
    const self = categories.find((c) => c.id === id);
    try {
      await save(places);
      if (self?.parent_id === parent) return;
      const target = categories.find((c) => c.id === parent)?.name ?? t('the top');
      toast(t('{name} moved to {target}', { name: self?.name ?? '', target }), 'success', { label: t('Undo'), run: () => save(before) });
    } catch (error) {
      toastError(error);
    }
  };
  return { categories, move, isPending: query.isPending, error: query.error, refetch: query.refetch };
}

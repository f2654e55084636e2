import type { RecordData } from '@/api/definitions';

export interface Category extends RecordData {
  name: string;
  slug: string;
  parent_id: number | null;
  position: number;
}

export interface Node {
  category: Category;
  children: Node[];
  depth: number;
}

/** A new place for a category: its parent and its position. */
export type Place = Pick<Category, 'id' | 'parent_id' | 'position'>;

/** Of equal positions, the one that comes first stays first. */
const byPlace = (a: Category, b: Category) => a.position - b.position;

export function treeOf(all: Category[], parent: number | null = null, depth = 0): Node[] {
  return all
    .filter((c) => c.parent_id === parent)
    .sort(byPlace)
    .map((category) => ({ category, depth, children: treeOf(all, category.id, depth + 1) }));
}

/** The nodes that are on screen, from top to bottom. */
export function visible(nodes: Node[], closed: ReadonlySet<number>): Node[] {
  return nodes.flatMap((n) => [n, ...(closed.has(n.category.id) ? [] : visible(n.children, closed))]);
}

export const siblingsOf = (all: Category[], parent: number | null) => all.filter((c) => c.parent_id === parent).sort(byPlace);

/** Whether a category is the ancestor itself or below it. A category cannot be moved into itself. */
function isWithin(all: Category[], id: number | null, ancestor: number): boolean {
  for (let at = id; at !== null;) {
    if (at === ancestor) return true;
    at = all.find((c) => c.id === at)?.parent_id ?? null;
  }
  return false;
}

/** The places that change when a category becomes child number `index` of a parent. */
export function moved(all: Category[], id: number, parent: number | null, index: number): Place[] {
  const self = all.find((c) => c.id === id);
  if (!self || isWithin(all, parent, id)) return [];
  const rest = siblingsOf(all, parent).filter((c) => c.id !== id);
  const order = [...rest.slice(0, index), self, ...rest.slice(index)];
  return order
    .map((c, i) => ({ id: c.id, parent_id: parent, position: i * 10, from: c }))
    .filter(({ from, parent_id, position }) => from.parent_id !== parent_id || from.position !== position)
    .map(({ id: changed, parent_id, position }) => ({ id: changed, parent_id, position }));
}

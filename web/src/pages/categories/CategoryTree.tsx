import { useState, type DragEvent, type KeyboardEvent } from 'react';
import Button from '@mui/material/Button';
import AddIcon from '@mui/icons-material/Add';
import TrashIcon from '@mui/icons-material/DeleteOutlineOutlined';
import UploadIcon from '@mui/icons-material/FileUploadOutlined';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { canImport } from '@/engine/list/ListActions';
import { ResourceList } from '@/engine/list/ResourceList';
import { trashFilter, trashSort } from '@/engine/list/trash';
import { listPath, useDefOf } from '@/engine/record';
import { plural, t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { Empty } from '@/ui/Empty';
import { LoadFailed } from '@/ui/LoadFailed';
import { PageHead } from '@/ui/PageHead';
import { LinesSkeleton } from '@/ui/Skeletons';
import { TreeRow } from './TreeRow';
import { siblingsOf, treeOf, visible, type Node } from './tree';
import { useCategories } from './useCategories';
import './categories.css';

/** The categories as a tree, or as a list if the address has filters. */
export default function CategoryTree() {
  const [params] = useSearchParams();
  return params.has('filter') ? <ResourceList /> : <Tree />;
}

const importPath = '/categories/import';
const trash = `${listPath('categories', trashFilter)}&sort=${trashSort.field}&order=${trashSort.order}`;

function Tree() {
  const { categories, move, isPending, error, refetch } = useCategories();
  const [closed, setClosed] = useState<ReadonlySet<number>>(new Set());
  const [active, setActive] = useState<number | null>(null);
  const [over, setOver] = useState<{ id: number; how: 'into' | 'before' } | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const may = useMay();
  const navigate = useNavigate();
  const canMove = may('categories:update');
  const canAdd = may('categories:create');
  const importable = canImport(useDefOf('categories'), may);
  const rows = visible(treeOf(categories), closed);
  const deepest = Math.max(1, ...rows.map((n) => n.depth));
  const current = rows.find((n) => n.category.id === active) ?? rows[0];

  const toggle = (id: number, open: boolean) => {
    const next = new Set(closed);
    if (open) next.delete(id);
    else next.add(id);
    setClosed(next);
  };
  const focus = (node?: Node) => {
    if (!node) return;
    setActive(node.category.id);
    document.getElementById(`category-${node.category.id}`)?.focus();
  };
  const moveByKey = (node: Node, key: string) => {
    const { id, parent_id } = node.category;
    const siblings = siblingsOf(categories, parent_id);
    const at = siblings.findIndex((c) => c.id === id);
    const above = siblings[at - 1];
    const parent = categories.find((c) => c.id === parent_id);
    if (key === 'ArrowUp' && at > 0) void move(id, parent_id, at - 1);
    if (key === 'ArrowDown' && at < siblings.length - 1) void move(id, parent_id, at + 1);
    if (key === 'ArrowRight' && above) void move(id, above.id, siblingsOf(categories, above.id).length);
    if (key === 'ArrowLeft' && parent) void move(id, parent.parent_id, siblingsOf(categories, parent.parent_id).findIndex((c) => c.id === parent.id) + 1);
  };
  const onKey = (event: KeyboardEvent) => {
    if (!current || !event.key.startsWith('Arrow') && event.key !== 'Enter') return;
    event.preventDefault();
    const at = rows.indexOf(current);
    const { id, parent_id } = current.category;
    if (event.altKey && canMove) moveByKey(current, event.key);
    else if (event.key === 'ArrowDown') focus(rows[at + 1]);
    else if (event.key === 'ArrowUp') focus(rows[at - 1]);
    else if (event.key === 'ArrowRight') toggle(id, true);
    else if (event.key === 'ArrowLeft' && current.children.length > 0 && !closed.has(id)) toggle(id, false);
    else if (event.key === 'ArrowLeft') focus(rows.find((n) => n.category.id === parent_id));
    else if (event.key === 'Enter') void navigate(`/categories/${id}`);
  };
  const onDrop = (node: Node) => {
    if (dragged === null || !over) return;
    const { id, parent_id } = node.category;
    const siblings = siblingsOf(categories, parent_id).filter((c) => c.id !== dragged);
    if (over.how === 'into') void move(dragged, id, siblingsOf(categories, id).length);
    else void move(dragged, parent_id, siblings.findIndex((c) => c.id === id));
    setDragged(null);
    setOver(null);
  };
  const onDragOver = (event: DragEvent, node: Node) => {
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    setOver({ id: node.category.id, how: event.clientY - box.top < box.height / 3 ? 'before' : 'into' });
  };
  return (
    <>
      <PageHead title={t('Categories')} beside={<span className="total">{categories.length > 0 && categories.length}</span>}>
        <Button component={Link} to="/categories?filter={}">{t('Show as a list')}</Button>
        {importable && <Button startIcon={<UploadIcon />} component={Link} to={importPath}>{t('Import')}</Button>}
        {may('categories:delete') && <Button startIcon={<TrashIcon />} component={Link} to={trash}>{t('Trash')}</Button>}
        {canAdd && <Button variant="contained" startIcon={<AddIcon />} component={Link} to="/categories/create">{t('Add category')}</Button>}
      </PageHead>
      <div className="list-card">
        {isPending && <div className="card-body"><LinesSkeleton lines={10} /></div>}
        {error && <LoadFailed title={t('The categories could not be loaded')} error={error} onRetry={refetch} />}
        {!isPending && !error && rows.length === 0 && (
          <Empty title={t('No categories yet')} text={canAdd ? t('Every product needs a category. Add the first one.') : t('They will appear here.')}>
            {importable && <Button variant="outlined" component={Link} to={importPath}>{t('Import a file')}</Button>}
            {canAdd && <Button variant="contained" component={Link} to="/categories/create">{t('Add category')}</Button>}
          </Empty>
        )}
        {rows.length > 0 && (
          <ul role="tree" aria-label={t('Categories')} className="tree" onKeyDown={onKey}>
            {rows.map((node) => (
              <TreeRow
                key={node.category.id}
                node={node}
                deepest={deepest}
                open={!closed.has(node.category.id)}
                active={node === current}
                draggable={canMove}
                dropping={over?.id === node.category.id ? over.how : undefined}
                onToggle={(open) => toggle(node.category.id, open)}
                onFocus={() => setActive(node.category.id)}
                onDragStart={() => setDragged(node.category.id)}
                onDragOver={(event) => onDragOver(event, node)}
                onDragEnd={() => setOver(null)}
                onDrop={() => onDrop(node)}
              />
            ))}
          </ul>
        )}
      </div>
      {canMove && rows.length > 0 && (
        <p className="muted tree-help">
          {plural(rows.length, 'Drag a category to move it.', 'Drag a category onto another to put it inside, or to the upper edge to put it before.')}{' '}
          <kbd>Alt</kbd> <kbd>↑</kbd> <kbd>↓</kbd> <kbd>←</kbd> <kbd>→</kbd> {t('do the same from the keyboard.')}
        </p>
      )}
    </>
  );
}

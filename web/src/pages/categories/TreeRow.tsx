import type { DragEvent } from 'react';
import DragIcon from '@mui/icons-material/DragIndicator';
import { Link } from 'react-router';
import { listPath } from '@/engine/record';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import type { Node } from './tree';

interface Props {
  node: Node;
  deepest: number; // depth of any row: the deeper the tree, the less each level is indented
  open: boolean;
  active: boolean;
  draggable: boolean;
  dropping?: 'into' | 'before';
  onToggle: (open: boolean) => void;
  onFocus: () => void;
  onDragStart: () => void;
  onDragOver: (event: DragEvent) => void;
  onDragEnd: () => void;
  onDrop: () => void;
}

export function TreeRow({ node, deepest, open, active, draggable, dropping, onToggle, ...on }: Props) {
  const may = useMay();
  const { category, children, depth } = node;
  return (
    <li
      id={`category-${category.id}`}
      role="treeitem"
      aria-level={depth + 1}
      aria-expanded={children.length > 0 ? open : undefined}
      aria-label={category.name}
      tabIndex={active ? 0 : -1}
      className={dropping && `drop-${dropping}`}
      style={{ paddingLeft: `calc(12px + ${depth} * min(24px, 40% / ${deepest}))` }}
      draggable={draggable}
      {...on}
    >
      {draggable && <DragIcon className="grip" aria-hidden />}
      <span className="twist" aria-hidden onClick={() => onToggle(!open)}>{children.length > 0 ? (open ? '▾' : '▸') : ''}</span>
      <Link className="name" to={`/categories/${category.id}`} tabIndex={-1}>{category.name}</Link>
      <span className="muted slug">{category.slug}</span>
      {may('products:read') && <Link className="link" to={listPath('products', { category_id: String(category.id) })} tabIndex={-1}>{t('Products')}</Link>}
    </li>
  );
}

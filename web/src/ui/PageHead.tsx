import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { t } from '@/i18n/t';
import { useTitle } from './useTitle';

interface Props {
  title: string;
  beside?: ReactNode;
  crumb?: { label: string; to: string }; // the page above it, often a list, which then shows the row from which one came
  children?: ReactNode;
}

/** The heading of a page, something beside it, and the page's actions on the right. */
export function PageHead({ title, beside, crumb, children }: Props) {
  useTitle(title);
  return (
    <div className="page-head">
      {crumb && <nav className="crumb" aria-label={t('Breadcrumb')}><Link to={crumb.to} state={{ back: true }}><span aria-hidden="true">‹ </span>{crumb.label}</Link></nav>}
      <h1>{title}</h1>
      {beside}
      {children && <div className="actions">{children}</div>}
    </div>
  );
}

import type { ReactNode } from 'react';
import InboxIcon from '@mui/icons-material/InboxOutlined';
import { useTitle } from './useTitle';

interface Props {
  title: string;
  text?: string;
  icon?: ReactNode;
  children?: ReactNode;
  page?: boolean; // it is the whole page
  failed?: boolean; // announced at once by screen readers
}

/** Says why there is nothing, and what to do about it. */
export const Empty = ({ title, text, icon = <InboxIcon aria-hidden />, children, page = false, failed = false }: Props) => {
  useTitle(page ? title : undefined);
  return (
    <div className="empty" role={failed ? 'alert' : undefined}>
      {icon}
      {page ? <h1>{title}</h1> : <h2>{title}</h2>}
      {text && <p>{text}</p>}
      {children && <div className="empty-actions">{children}</div>}
    </div>
  );
};

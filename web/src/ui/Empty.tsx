import type { ReactNode } from 'react';
import InboxIcon from '@mui/icons-material/InboxOutlined';

interface Props {
  title: string;
  text?: string;
  icon?: ReactNode;
  children?: ReactNode;
}

/** Says why there is nothing, and what to do about it. */
export const Empty = ({ title, text, icon = <InboxIcon aria-hidden />, children }: Props) => (
  <div className="empty">
    {icon}
    <h2>{title}</h2>
    {text && <p>{text}</p>}
    {children}
  </div>
);

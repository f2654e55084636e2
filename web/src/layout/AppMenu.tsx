import { Fragment, useMemo } from 'react';
import { NavLink } from 'react-router';
import { t } from '@/i18n/t';
import { useSession } from '@/session/session';
import { ResourceIcon } from './icons';
import { menuOf } from './menu';

export function AppMenu() {
  const session = useSession();
  const groups = useMemo(() => menuOf(session), [session]);
  return (
    <nav className="app-menu" aria-label={t('Main')}>
      {groups.map(({ label, entries }) => (
        <Fragment key={label}>
          {label && <div className="app-menu-group" aria-hidden="true">{label}</div>}
          <ul aria-label={label || undefined}>
            {entries.map((entry) => (
              <li key={entry.to}>
                <NavLink to={entry.to} end={entry.to === '/'}>
                  <ResourceIcon name={entry.icon} />
                  {entry.label}
                </NavLink>
              </li>
            ))}
          </ul>
        </Fragment>
      ))}
    </nav>
  );
}

import { words } from '@/i18n/format';
import { t } from '@/i18n/t';
import { Chip } from '@/ui/Chip';
import { inOrder } from './actions';
import './roles.css';

/** Lists permissions as text: each resource, with what may be done to it. */
export function Granted({ permissions }: { permissions: string[] }) {
  if (permissions.length === 0) return <span className="muted">{t('None')}</span>;
  const actions = new Map<string, string[]>();
  for (const permission of permissions) {
    const [resource = '', action = ''] = permission.split(':');
    actions.set(resource, [...(actions.get(resource) ?? []), action]);
  }
  return (
    <dl className="granted">
      {[...actions].map(([resource, names]) => (
        <div key={resource}>
          <dt>{words(resource)}</dt>
          <dd>{inOrder(names).map((name) => <Chip key={name} value={name} tone="grey" />)}</dd>
        </div>
      ))}
    </dl>
  );
}

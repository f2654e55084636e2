import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/http';
import { words } from '@/i18n/format';
import { t } from '@/i18n/t';
import { mayOf, useSession } from '@/session/session';
import { PartFailed } from '@/ui/PartFailed';
import { LinesSkeleton } from '@/ui/Skeletons';
import { common } from './actions';
import './roles.css';

interface Permission {
  name: string;
  resource: string;
  action: string;
  description: string;
}

interface Props {
  granted: string[] | null; // null stands for everything that the person may do
  onChange: (granted: string[]) => void;
  error?: string;
}

const usePermissions = () => useQuery({ queryKey: ['permissions'], queryFn: () => api.get<{ items: Permission[] }>('/permissions'), staleTime: 300_000 });

/**
 * Chooses permissions, resource by resource. People can grant only permissions that they have themselves. Whoever may change
 * something can hardly do so without seeing it: its reading is chosen along, and can be taken out again.
 */
export function PermissionMatrix({ granted, onChange, error }: Props) {
  const { me } = useSession();
  const { data, error: failure, refetch } = usePermissions();
  if (failure) return <PartFailed error={failure} onRetry={refetch} />;
  if (!data) return <LinesSkeleton lines={8} />;
  const { items } = data;
  const resources = [...new Set(items.map((p) => p.resource))];
  const has = (name: string) => granted?.includes(name) ?? false;
  const toggle = ({ name, resource }: Permission, on: boolean) => {
    const along = `${resource}:read`;
    const chosen = (other: string) => (other === name ? on : has(other) || (on && other === along && mayOf(me, along)));
    onChange(items.map((item) => item.name).filter(chosen));
  };
  const box = (permission?: Permission) => permission && (
    <input
      type="checkbox"
      aria-label={permission.name}
      title={permission.description || permission.name}
      checked={has(permission.name)}
      disabled={!mayOf(me, permission.name)}
      onChange={(e) => toggle(permission, e.target.checked)}
    />
  );
  return (
    <section className="card">
      <header><h2>{t('Permissions')}</h2></header>
      {error && <div className="card-body"><div className="form-error" role="alert">{error}</div></div>}
      <div className="table-scroll" tabIndex={0} role="region" aria-label={t('Permissions')}>
        <table className="grid matrix" aria-label={t('Permissions')}>
          <thead>
            <tr>
              <th scope="col">{t('Resource')}</th>
              {common.map((action) => <th scope="col" key={action}>{words(action)}</th>)}
              <th scope="col">{t('More')}</th>
            </tr>
          </thead>
          <tbody>
            {resources.map((resource) => {
              const here = items.filter((p) => p.resource === resource);
              return (
                <tr key={resource} className="still">
                  <th scope="row">{words(resource)}</th>
                  {common.map((action) => <td key={action} data-label={words(action)}>{box(here.find((p) => p.action === action))}</td>)}
                  <td className="operations">
                    {here.filter((p) => !common.includes(p.action)).map((p) => (
                      <label key={p.name}>{box(p)} <span>{words(p.action)}<span className="muted">: {p.description}</span></span></label>
                    ))}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

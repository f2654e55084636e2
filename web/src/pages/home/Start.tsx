import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '@/api/http';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { Empty } from '@/ui/Empty';

/** The first steps, shown as long as the shop has no products. */
export function Start() {
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['products', 'any'],
    queryFn: async ({ signal }) => (await api.get<{ items: unknown[] }>('/products', { limit: 1, count: 'none' }, signal)).items.length > 0,
  });
  if (data !== false) return null;
  const steps = [
    { to: '/categories/create', label: t('Add category'), permission: 'categories:create' },
    { to: '/products/create', label: t('Add product'), permission: 'products:create' },
    { to: '/products/import', label: t('Import products'), permission: 'data:import' },
    { to: '/staff/create', label: t('Add staff member'), permission: 'staff:create' },
  ];
  return (
    <section className="card home-start" aria-label={t('How to begin')}>
      <Empty title={t('There is nothing to sell yet')} text={t('Begin with a category: every product is in one. What you have in a file can be imported.')}>
        {steps.filter(({ permission }) => may(permission)).map(({ to, label }, i) => (
          <Button key={to} variant={i === 0 ? 'contained' : 'outlined'} component={Link} to={to}>{label}</Button>
        ))}
      </Empty>
    </section>
  );
}

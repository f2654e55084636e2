import type { ReactNode } from 'react';
import Button from '@mui/material/Button';
import DoneIcon from '@mui/icons-material/CheckCircle';
import OpenIcon from '@mui/icons-material/RadioButtonUnchecked';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '@/api/http';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';

interface Step {
  title: string;
  text: string;
  done: boolean | undefined;
  ways: { to: string; label: string; permissions: string[] }[];
}

/** The first steps of a new shop, until there are products and an order; the rest of the page once there is anything to show on it. */
export function Start({ children }: { children: ReactNode }) {
  const may = useMay();
  const asks = may('products:create') && may('products:read');
  const products = useAny('products', asks, 1);
  const orders = useAny('orders', asks && may('orders:read'), 1);
  const begins = asks && (products === false || (products === true && orders === false));
  const categories = useAny('categories', begins && may('categories:read'), 1);
  const colleagues = useAny('staff', begins && may('staff:read'), 2);
  if (!begins) return children;
  const steps: Step[] = [
    {
      title: t('Categories'), text: t('Every product belongs to a category.'), done: categories,
      ways: [
        { to: '/categories/create', label: t('Add category'), permissions: ['categories:create'] },
        { to: '/categories/import', label: t('Import categories'), permissions: ['categories:create', 'data:import'] },
      ],
    },
    {
      title: t('Products'), text: may('data:import') ? t('Add them one by one, or import them from a file.') : t('Add them one by one.'), done: products,
      ways: [
        { to: '/products/create', label: t('Add product'), permissions: ['products:create'] },
        { to: '/products/import', label: t('Import products'), permissions: ['data:import'] },
      ],
    },
    {
      title: t('First order'), text: t('Take it by phone, or receive it from your storefront over the API.'), done: orders,
      ways: [{ to: '/carts', label: t('Phone order'), permissions: ['carts:read', 'customers:read', 'orders:read'] }],
    },
    {
      title: t('Colleagues'), text: t('Each gets a role that says what they can do.'), done: colleagues,
      ways: [{ to: '/staff/create', label: t('Add staff member'), permissions: ['staff:create'] }],
    },
  ];
  const offered = steps
    .map((step) => ({ ...step, ways: step.ways.filter(({ permissions }) => permissions.every(may)) }))
    .filter(({ ways }) => ways.length > 0);
  return (
    <>
      <section className="card home-start" aria-labelledby="home-start">
        <header><h2 id="home-start">{t('Get started')}</h2></header>
        <ol>{offered.map((step) => <StepRow key={step.title} step={step} isNext={step === offered.find(({ done }) => !done)} />)}</ol>
      </section>
      {orders !== false && children}
    </>
  );
}

function StepRow({ step: { title, text, done, ways }, isNext }: { step: Step; isNext: boolean }) {
  return (
    <li className={done ? 'done' : undefined}>
      {done ? <DoneIcon titleAccess={t('Done')} /> : <OpenIcon titleAccess={t('To do')} />}
      <span><strong>{title}</strong> <span className="muted">{text}</span></span>
      <span className="home-ways">
        {ways.map(({ to, label }, i) => (
          <Button key={to} variant={done ? 'text' : isNext && i === 0 ? 'contained' : 'outlined'} component={Link} to={to}>{label}</Button>
        ))}
      </span>
    </li>
  );
}

/** Whether there are at least so many records; undefined until that is known. */
function useAny(resource: string, enabled: boolean, least: number): boolean | undefined {
  return useQuery({
    queryKey: [resource, 'any'],
    enabled,
    staleTime: 0, // somebody comes back from a step that is done
    queryFn: async ({ signal }) => (await api.get<{ items: unknown[] }>(`/${resource}`, { limit: least, count: 'none' }, signal)).items.length >= least,
  }).data;
}

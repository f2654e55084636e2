import { useRef, useState } from 'react';
import Button from '@mui/material/Button';
import CartIcon from '@mui/icons-material/ShoppingCartOutlined';
import { useGetOne } from 'ra-core';
import { Link, useLocation, useParams } from 'react-router';
import type { RecordData } from '@/api/definitions';
import { idOf } from '@/engine/record';
import { t } from '@/i18n/t';
import { useShortcuts } from '@/keys/shortcuts';
import { ProductSearch } from '@/pages/products/ProductSearch';
import { useMay } from '@/session/session';
import { toast, toastError } from '@/toast/toasts';
import { Empty } from '@/ui/Empty';
import { NoRecord } from '@/ui/NoRecord';
import { PageHead } from '@/ui/PageHead';
import { PageSkeleton } from '@/ui/Skeletons';
import { useCart, useCartChanges, type Cart } from './cart';
import { CartTable } from './CartTable';
import { useQuantities, withQuantities } from './quantities';
import { Summary } from './Summary';
import { troubleOf } from './trouble';
import { useCheckout } from './useCheckout';
import './carts.css';

/** A customer's cart, which staff fill and check out during a phone call. */
export default function CartPage() {
  const customer = idOf(useParams<{ id: string }>().id);
  const { data, error, refetch } = useCart(customer);
  if (error && !data) return <NoRecord label={t('customer')} error={error} onRetry={refetch} back={{ label: t('Choose a customer'), to: '/carts' }} />;
  return data ? <CartView key={customer} customer={customer} cart={data} /> : <PageSkeleton />;
}

function CartView({ customer, cart: current }: { customer: number; cart: Cart }) {
  const may = useMay();
  const changes = useCartChanges(customer);
  const taken = async (change: Promise<void>) => {
    try {
      await change;
      return true;
    } catch (error) {
      toastError(error);
      await changes.reload();
      return false;
    }
  };
  const quantities = useQuantities((line, quantity) => taken(changes.setQuantity(line, quantity)));
  const cart = withQuantities(current, quantities.chosen);
  const { data: person } = useGetOne<RecordData>('customers', { id: customer }, { enabled: may('customers:read'), retry: false });
  const home = (person?.address as string | null | undefined) ?? '';
  const [other, setOther] = useState<string | null>(null); // another address for this order
  const elsewhere = other?.trim() === home.trim() ? undefined : other?.trim() || undefined;
  const { checkout, busy, problem, failure, clear } = useCheckout(customer, cart, quantities.settle, changes.reload, elsewhere);
  const [clearing, setClearing] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const { add = false } = (useLocation().state ?? {}) as { add?: boolean }; // one came to add products
  const troubles = cart.items.flatMap((line) => {
    const trouble = troubleOf(line, problem);
    return trouble ? [{ line, fix: trouble.fix }] : [];
  });
  const name = String((person?.name as string | undefined) ?? t('Customer {id}', { id: customer }));

  const guard = (change: Promise<void>) => {
    clear();
    return taken(change);
  };
  const choose = (line: number, quantity: number) => {
    clear();
    quantities.choose(line, quantity);
  };
  const fixAll = async () => {
    for (const { line, fix } of troubles) {
      quantities.forget(line.id);
      await guard(fix.run(changes));
    }
  };
  const empty = async () => {
    const before = cart.items;
    before.forEach((line) => quantities.forget(line.id));
    setClearing(true);
    const emptied = await guard(changes.clear());
    setClearing(false);
    if (!emptied) return;
    const undo = async () => {
      for (const line of before) await guard(changes.add(line.product_id, line.quantity));
    };
    toast(t('The cart is empty'), 'success', { label: t('Undo'), run: undo });
  };
  const none = t('No product on sale matches');
  const mayEdit = may('carts:update');
  const ready = cart.items.length > 0 && cart.total_amount !== null && troubles.length === 0 && !busy && may('checkout:create');
  useShortcuts([{ keys: 'o', text: t('Place the order'), group: t('Cart'), run: () => ready && void checkout(cart) }]);
  return (
    <>
      <PageHead
        title={t('Cart of {name}', { name })}
        crumb={{ label: t('Phone order'), to: '/carts' }}
        beside={may('customers:read') && <Link className="link" to={`/customers/${customer}`}>{t('Customer')}</Link>}
      >
        {mayEdit && cart.items.length > 0 && <Button disabled={clearing} onClick={empty}>{t('Empty the cart')}</Button>}
      </PageHead>
      <div className="columns">
        <section className="card" aria-label={t('Cart')}>
          {mayEdit && (
            <div className="card-body cart-add">
              <ProductSearch
                label={t('Add a product')}
                group={t('Cart')}
                placeholder={t('SKU or name; Enter adds it')}
                none={none}
                filter={{ is_active: true }}
                autoFocus={add}
                input={search}
                onPick={(product) => guard(changes.add(product.id, 1))}
                onUnknown={(text) => toast(`${none}: ${text}`, 'error')}
              />
            </div>
          )}
          {cart.items.length === 0
            ? <Empty title={t('The cart is empty')} text={mayEdit ? t('Find a product above; Enter adds it.') : undefined} icon={<CartIcon aria-hidden />} />
            : <CartTable cart={cart} changes={changes} quantities={{ ...quantities, choose }} problem={problem} onGone={() => search.current?.focus()} guard={guard} />}
        </section>
        <aside className="stack">
          <Summary
            cart={cart}
            problem={problem}
            failure={failure}
            troubled={troubles.length}
            busy={busy}
            onCheckout={() => void checkout(cart)}
            onFixAll={() => void fixAll()}
            address={other ?? home}
            elsewhere={elsewhere !== undefined}
            onAddress={setOther}
          />
        </aside>
      </div>
    </>
  );
}

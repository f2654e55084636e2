import { useLocation, useNavigate } from 'react-router';
import GenericCreate from '@/engine/form/GenericCreate';
import { cartPath } from '@/pages/carts/cart';

/** What is known of a new customer on the phone, passed as router state. */
export interface Caller {
  caller?: { email?: string; phone?: string; name?: string };
}

/** The form of a new customer. If it was opened for a phone order, saving leads to the cart. */
export default function CustomerCreate() {
  const { caller } = (useLocation().state ?? {}) as Caller;
  const navigate = useNavigate();
  if (!caller) return <GenericCreate />;
  return <GenericCreate given={caller} onSaved={({ id }) => void navigate(cartPath(id), { replace: true, state: { add: true } })} />;
}

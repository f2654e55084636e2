import { useLocation, useNavigate } from 'react-router';
import GenericCreate from '@/engine/form/GenericCreate';
import { cartPath } from '@/pages/carts/cart';

/** What a call knows of a new customer, as the state of the address. */
export interface Caller {
  caller?: { email?: string; phone?: string; name?: string };
}

/** A new customer. One who is on the telephone gets to their cart. */
export default function CustomerCreate() {
  const { caller } = (useLocation().state ?? {}) as Caller;
  const navigate = useNavigate();
  if (!caller) return <GenericCreate />;
  return <GenericCreate given={caller} onSaved={({ id }) => void navigate(cartPath(id), { replace: true, state: { add: true } })} />;
}

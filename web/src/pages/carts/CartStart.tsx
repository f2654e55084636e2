import { useEffect, useState, type HTMLAttributes } from 'react';
import Autocomplete from '@mui/material/Autocomplete';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useGetList } from 'ra-core';
import { useNavigate } from 'react-router';
import { best } from '@/api/dataProvider';
import type { RecordData } from '@/api/definitions';
import { t } from '@/i18n/t';
import { isEnter } from '@/keys/enter';
import type { Caller } from '@/pages/customers/CustomerCreate';
import { useMay } from '@/session/session';
import { CutOff } from '@/ui/CutOff';
import { PageHead } from '@/ui/PageHead';
import { PartFailed } from '@/ui/PartFailed';
import { cartPath } from './cart';
import './carts.css';

interface Customer extends RecordData {
  name: string;
  email: string;
  phone: string | null;
}

/** The option that adds a new customer. */
const nobodyYet: Customer = { id: 0, name: '', email: '', phone: null };

/** Stands for the customers who match and are not shown. */
const others: Customer = { ...nobodyYet, id: -1 };

const shown = 12;

/** What was typed, as the email, phone or name of a new customer. */
function callerOf(text: string): Caller {
  if (text.includes('@')) return { caller: { email: text } };
  return { caller: /^[+(\d][\d\s()/.-]*$/.test(text) ? { phone: text } : { name: text } };
}

/** The start of a phone order: who is calling? */
export default function CartStart() {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const may = useMay();
  const q = text.trim();
  const { data = [], pageInfo, error, isFetching, refetch } = useGetList<Customer>('customers', {
    filter: q ? { q } : {},
    pagination: { page: 1, perPage: shown },
    sort: q ? { field: 'name', order: 'ASC' } : { field: 'id', order: 'DESC' },
    meta: best,
  });
  const [waiting, wait] = useState(''); // the text for which Enter was pressed before the answer came
  const mayAdd = may('customers:create');
  const add = (known: Caller) => void navigate('/customers/create', { state: known });
  const choose = ({ id }: Customer) => (id === nobodyYet.id ? add(callerOf(q)) : void navigate(cartPath(id), { state: { add: true } }));
  const isNew = q !== '' && mayAdd && !isFetching && !error && !data.some(({ email }) => email === q.toLowerCase());
  const isEmpty = q === '' && !isFetching && !error && data.length === 0;
  const due = waiting && waiting === q && !isFetching ? data[0] : undefined;
  useEffect(() => {
    if (due) choose(due);
  });
  return (
    <>
      <PageHead title={t('Phone order')} />
      <section className="card cart-start" aria-label={t('Choose a customer')}>
        <div className="card-body stack">
          <Autocomplete
            open={open && !error}
            onOpen={() => setOpen(true)}
            onClose={() => setOpen(false)}
            onBlur={() => setOpen(false)}
            options={[...data, ...(q && pageInfo?.hasNextPage ? [others] : []), ...(isNew ? [nobodyYet] : [])]}
            getOptionDisabled={(customer) => customer === others}
            inputValue={text}
            onInputChange={(_, value, reason) => reason !== 'selectOption' && setText(value)}
            onChange={(_, customer) => customer && choose(customer)}
            onKeyDown={(event) => isEnter(event) && isFetching && data.length === 0 && wait(q)}
            filterOptions={(all) => all}
            autoHighlight
            clearOnBlur={false}
            forcePopupIcon={false}
            loading={isFetching}
            loadingText={t('Searching…')}
            noOptionsText={q ? t('No customer matches') : t('No customers yet')}
            getOptionKey={(customer) => customer.id}
            getOptionLabel={(customer) => customer.name}
            slotProps={{ clearIndicator: { 'aria-label': t('Clear the search') } }}
            renderOption={({ key, ...props }: HTMLAttributes<HTMLLIElement> & { key: unknown }, customer) => (
              <li key={String(key)} {...props}>
                {customer === others
                  ? <CutOff shown={shown} />
                  : customer === nobodyYet ? <span className="picker-add">{t('Add “{text}” as a new customer', { text: q })}</span> : <Known customer={customer} />}
              </li>
            )}
            renderInput={(params) => <TextField {...params} autoFocus label={t('Who is the order for?')} placeholder={t('Name, email or phone')} />}
          />
          {error && <PartFailed error={error} onRetry={refetch} />}
          <p className="flush muted">{isEmpty ? t('No customers yet') : t('Next you see the customer’s cart, with everything they have already added.')}</p>
          {mayAdd && <div><Button variant="outlined" onClick={() => add(q ? callerOf(q) : { caller: {} })}>{t('Add a new customer')}</Button></div>}
        </div>
      </section>
    </>
  );
}

const Known = ({ customer: { name, email, phone } }: { customer: Customer }) => (
  <span className="found">
    <span><strong>{name}</strong><span className="muted">{email}</span></span>
    <span className="muted">{phone}</span>
  </span>
);

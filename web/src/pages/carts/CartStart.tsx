import { useState, type HTMLAttributes } from 'react';
import Autocomplete from '@mui/material/Autocomplete';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useGetList } from 'ra-core';
import { Link, useNavigate } from 'react-router';
import type { RecordData } from '@/api/definitions';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { PageHead } from '@/ui/PageHead';
import { cartPath } from './cart';
import './carts.css';

interface Customer extends RecordData {
  name: string;
  email: string;
  phone: string | null;
}

/** Where an order by telephone begins: who is calling? */
export default function CartStart() {
  const [text, setText] = useState('');
  const navigate = useNavigate();
  const may = useMay();
  const q = text.trim();
  const { data = [], isFetching } = useGetList<Customer>('customers', {
    filter: q ? { q } : {},
    pagination: { page: 1, perPage: 12 },
    sort: q ? { field: 'name', order: 'ASC' } : { field: 'id', order: 'DESC' },
  });
  return (
    <>
      <PageHead title={t('Phone order')} />
      <section className="card cart-start" aria-label={t('Choose a customer')}>
        <div className="card-body stack">
          <Autocomplete
            options={data}
            inputValue={text}
            onInputChange={(_, value, reason) => reason !== 'selectOption' && setText(value)}
            onChange={(_, customer) => customer && void navigate(cartPath(customer.id), { state: { add: true } })}
            filterOptions={(all) => all}
            autoHighlight
            openOnFocus
            clearOnBlur={false}
            popupIcon={null}
            loading={isFetching}
            loadingText={t('Searching…')}
            noOptionsText={q ? t('No customer matches') : t('No customers yet')}
            getOptionKey={(customer) => customer.id}
            getOptionLabel={(customer) => customer.name}
            slotProps={{ clearIndicator: { 'aria-label': t('Clear the search') } }}
            renderOption={({ key, ...props }: HTMLAttributes<HTMLLIElement> & { key: unknown }, customer) => (
              <li key={String(key)} {...props}>
                <span className="found">
                  <span><strong>{customer.name}</strong><span className="muted">{customer.email}</span></span>
                  <span className="muted">{customer.phone}</span>
                </span>
              </li>
            )}
            renderInput={(params) => <TextField {...params} autoFocus label={t('Who is it for?')} placeholder={t('Name, email or telephone')} />}
          />
          <p className="flush muted">{t('You get to the cart of the customer, with what they have put into it themselves.')}</p>
          {may('customers:create') && <div><Button variant="outlined" component={Link} to="/customers/create">{t('Add a new customer')}</Button></div>}
        </div>
      </section>
    </>
  );
}

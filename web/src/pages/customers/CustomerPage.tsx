import Button from '@mui/material/Button';
import CartIcon from '@mui/icons-material/ShoppingCartOutlined';
import { Link } from 'react-router';
import { offers } from '@/api/definitions';
import { DeleteButton } from '@/engine/form/DeleteButton';
import { DeletedNotice } from '@/engine/form/DeletedNotice';
import { Facts } from '@/engine/form/Facts';
import { RecordForm } from '@/engine/form/RecordForm';
import { Referring } from '@/engine/form/Referring';
import { RecordFrame } from '@/engine/form/RecordFrame';
import { t } from '@/i18n/t';
import { cartPath } from '@/pages/carts/cart';
import type { Customer } from '@/pages/orders/types';
import { useMay } from '@/session/session';
import { CustomerOrders } from './CustomerOrders';
import { Elsewhere } from './Elsewhere';
import { LifetimeCard } from './LifetimeCard';
import { PersonalData } from './PersonalData';
import './customers.css';

/** A customer: orders, contact details and lifetime value. */
export default function CustomerPage() {
  const may = useMay();
  return (
    <RecordFrame
      actions={(record, def) => !record.deleted_at && (
        <>
          <Referring def={def} record={record} but={['orders']} />
          {may('carts:read') && <Button variant="outlined" startIcon={<CartIcon />} component={Link} to={cartPath(record.id)} state={{ add: true }}>{t('Cart')}</Button>}
        </>
      )}
    >
      {(record, def) => {
        const figures = may('reports:read') && <LifetimeCard customer={record.id} deleted={Boolean(record.deleted_at)} />;
        const orders = may('orders:read') && <CustomerOrders customer={record.id} />; // first, because customers call about them
        const below = <PersonalData record={record} />;
        if (record.deleted_at) return <div className="stack"><DeletedNotice def={def} record={record} />{orders}{below}</div>;
        if (!offers(def, 'update') || !may('customers:update')) {
          return <div className="stack">{orders}<div className="columns"><Facts def={def} record={record} all /><aside className="stack">{figures}</aside></div>{below}</div>;
        }
        return (
          <div className="stack">
            {orders}
            <RecordForm
              key={record.id}
              def={def}
              record={record}
              side={<>{may('orders:read') && <Elsewhere customer={record as Customer} />}{figures}<Facts def={def} record={record} /></>}
              actions={<DeleteButton def={def} record={record} />}
              below={below}
            />
          </div>
        );
      }}
    </RecordFrame>
  );
}

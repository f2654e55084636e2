import type { ComponentType } from 'react';
import { offers, type Operation, type ResourceDef } from '@/api/definitions';
import type { Session } from '@/session/session';
import { mayOf } from '@/session/session';
import { t } from '@/i18n/t';
import { ResourceList } from '@/engine/list/ResourceList';
import { AuditList, AuditPage } from '@/pages/audit';
import { CartPage, CartStart } from '@/pages/carts';
import { CategoryTree } from '@/pages/categories';
import { CustomerCreate, CustomerList, CustomerPage } from '@/pages/customers';
import { ImportPage } from '@/pages/import';
import { LowPage, ReturnsPage, SalesPage } from '@/pages/home';
import { OrderList, OrderPage } from '@/pages/orders';
import { MovementList } from '@/pages/movements';
import { ProfilePage } from '@/pages/profile';
import { RoleCreate, RolePage } from '@/pages/roles';
import { StaffCreate, StaffPage } from '@/pages/staff';
import { TokenCreate, TokenList, TokenPage } from '@/pages/tokens';
import { ProductList, ProductPage } from '@/pages/products';
import { ReceivingPage } from '@/pages/receiving';
import { StocktakePage } from '@/pages/stocktake';
import { GenericRecord, GenericCreate } from '@/engine/form';
import { Forbidden } from '@/layout/Forbidden';
import { NotFound } from '@/layout/NotFound';

/** The pages written by hand for a resource. All others are the engine's generic ones. */
interface Pages {
  list?: ComponentType;
  record?: ComponentType;
  create?: ComponentType;
  menu?: 'hidden';
  ownForm?: true; // a new record needs its own form, not the engine's
}

/** A page that belongs to no resource. */
interface ExtraRoute {
  path: string;
  Page: ComponentType;
  permissions?: string[]; // all of them are needed
  menu?: { label: string; icon: string; group: string };
}

export const pages: Record<string, Pages> = {
  categories: { list: CategoryTree },
  staff: { record: StaffPage, create: StaffCreate, ownForm: true },
  roles: { record: RolePage, create: RoleCreate, ownForm: true },
  'api-tokens': { list: TokenList, record: TokenPage, create: TokenCreate, ownForm: true },
  'audit-entries': { list: AuditList, record: AuditPage },
  products: { list: ProductList, record: ProductPage },
  orders: { list: OrderList, record: OrderPage },
  customers: { list: CustomerList, record: CustomerPage, create: CustomerCreate },
  'inventory-movements': { list: MovementList },
  'order-items': { menu: 'hidden' },
};

export const routes: ExtraRoute[] = [
  { path: '/carts', Page: CartStart, permissions: ['carts:read', 'customers:read'], menu: { label: t('Phone order'), icon: 'cart', group: 'Sales' } },
  { path: '/carts/:id', Page: CartPage, permissions: ['carts:read'] },
  { path: '/receiving', Page: ReceivingPage, permissions: ['stock:receive', 'products:read'], menu: { label: t('Receive goods'), icon: 'receive', group: 'Catalog' } },
  { path: '/stocktake', Page: StocktakePage, permissions: ['stock:count', 'products:read'], menu: { label: t('Count stock'), icon: 'count', group: 'Catalog' } },
  { path: '/running-low', Page: LowPage, permissions: ['reports:read', 'products:read'] },
  { path: '/returned', Page: ReturnsPage, permissions: ['reports:read', 'orders:read', 'inventory-movements:read'] },
  { path: '/sold', Page: SalesPage, permissions: ['reports:read', 'products:read'] },
  { path: '/profile', Page: ProfilePage },
];

/** The page that imports files into a resource. */
export const importPage = (def: ResourceDef, { me }: Session) =>
  (mayOf(me, 'data:import') && mayOf(me, `${def.name}:read`) ? <ImportPage key={def.name} def={def} /> : <Forbidden />);

/** The props of ra-core's Resource: its pages, or pages that say why the person cannot use them. */
export function pagesOf(def: ResourceDef, { me }: Session) {
  const own = pages[def.name] ?? {};
  const page = (operation: Operation, action: string, Page: ComponentType) => {
    if (!offers(def, operation)) return NotFound;
    return mayOf(me, `${def.name}:${action}`) ? Page : Forbidden;
  };
  return {
    list: page('list', 'read', own.list ?? ResourceList),
    edit: page('get', 'read', own.record ?? GenericRecord),
    create: page('create', 'create', own.create ?? GenericCreate),
    options: { addable: offers(def, 'create') && !own.ownForm }, // from the form of another resource, in a dialog
  };
}

/** Every screen, for the checks that hold of all of them. */
export const pages: Record<string, string> = {
  home: '/',
  orders: '/orders',
  order: '/orders/4990',
  products: '/products',
  product: '/products/3',
  stock: '/products/3?tab=stock',
  'add-product': '/products/create',
  categories: '/categories',
  customers: '/customers',
  customer: '/customers/7',
  movements: '/inventory-movements',
  trash: '/products?filter={"include_deleted":true,"deleted_at_null":false}',
};

/** Those that need accounts, roles and the audit log. */
export const accountPages: Record<string, string> = {
  profile: '/profile',
  staff: '/staff',
  'staff-member': '/staff/1',
  roles: '/roles',
  role: '/roles/3',
  'api-tokens': '/api-tokens',
  'add-api-token': '/api-tokens/create',
  audit: '/audit-entries',
};

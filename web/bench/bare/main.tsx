import { createRoot } from 'react-dom/client';
import { Admin, BooleanField, DataTable, DateField, List, ReferenceField, Resource, SearchInput, type DataProvider, type RaRecord } from 'react-admin';

/** The list of products as stock react-admin draws it: the same rows, columns and search. */
const ProductList = () => (
  <List perPage={25} sort={{ field: 'id', order: 'DESC' }} filters={[<SearchInput key="q" source="q" alwaysOn />]} exporter={false}>
    <DataTable>
      <DataTable.Col source="name" />
      <DataTable.Col source="sku" />
      <DataTable.NumberCol source="price" />
      <DataTable.NumberCol source="stock" />
      <DataTable.Col source="is_active" field={BooleanField} />
      <DataTable.Col source="category_id"><ReferenceField source="category_id" reference="categories" /></DataTable.Col>
      <DataTable.Col source="updated_at"><DateField source="updated_at" showTime /></DataTable.Col>
    </DataTable>
  </List>
);

interface Answer {
  items: RaRecord[];
  total: number;
}

async function get(resource: string, query: Record<string, string>): Promise<Answer> {
  const response = await fetch(`/api/v1/${resource}?${new URLSearchParams(query).toString()}`);
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as Answer;
}

const dataProvider = {
  getList: async (resource, { pagination = { page: 1, perPage: 25 }, sort = { field: 'id', order: 'DESC' }, filter }) => {
    const { items, total } = await get(resource, {
      ...(filter as Record<string, string>),
      limit: String(pagination.perPage),
      ...(pagination.page > 1 && { offset: String((pagination.page - 1) * pagination.perPage) }),
      sort: `${sort.order === 'DESC' ? '-' : ''}${sort.field}`,
    });
    return { data: items, total };
  },
  getMany: async (resource, { ids }) => ({ data: (await get(resource, { id: ids.join(','), limit: '200', count: 'none' })).items }),
} as Partial<DataProvider> as DataProvider;

const root = document.getElementById('root');
if (!root) throw new Error('no #root in the page');

createRoot(root).render(
  <Admin dataProvider={dataProvider} disableTelemetry>
    <Resource name="products" list={ProductList} />
    <Resource name="categories" recordRepresentation="name" />
  </Admin>,
);

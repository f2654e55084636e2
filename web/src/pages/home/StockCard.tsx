import { Link } from 'react-router';
import { number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { Card } from './Card';
import { useReport, type StockLevels } from './reports';

const filter = JSON.stringify({ is_active: true, stock_lte: 0 });
const outPath = `/products?${new URLSearchParams({ filter, sort: 'stock', order: 'ASC', page: '1' }).toString()}`;

/** The products that are out of stock or low. */
export function StockCard() {
  const report = useReport<StockLevels>('stock-levels', { limit: 8 });
  return (
    <Card
      id="home-stock"
      title={t('Running out')}
      report={report}
      flush
      beside={report.data && (
        <span className="home-counts">
          <Link className={report.data.out > 0 ? 'chip chip-red' : 'chip'} to={outPath}>{t('{n} out', { n: number(report.data.out) })}</Link>
          <Link className={report.data.low > 0 ? 'chip chip-amber' : 'chip'} to="/running-low">{t('{n} low', { n: number(report.data.low) })}</Link>
        </span>
      )}
    >
      {({ items }) => (items.length === 0
        ? <p className="card-body flush muted">{t('Everything on sale is in stock.')}</p>
        : (
          <ul className="home-lines">
            {items.map((product) => (
              <li key={product.product_id}>
                <Link to={`/products/${product.product_id}`}>
                  <span className="home-name">{product.name}</span>
                  <span className={product.stock === 0 ? 'chip chip-red num home-end' : 'chip chip-amber num home-end'}>
                    {product.stock === 0 ? t('Out') : t('{n} left', { n: number(product.stock) })}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        ))}
    </Card>
  );
}

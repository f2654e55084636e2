import Button from '@mui/material/Button';
import { Link } from 'react-router';
import { number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useMay } from '@/session/session';
import { PageHead } from '@/ui/PageHead';
import { Card } from './Card';
import { useReport, type StockLevels } from './reports';
import './home.css';

/** The most products that the report lists. */
const most = 100;

/** The products that Home counts as low. No filter of the product list finds them: it would have to compare two fields. */
export default function LowPage() {
  const report = useReport<StockLevels>('stock-levels', { stock_gte: 1, limit: most });
  const low = report.data?.low;
  const may = useMay();
  return (
    <>
      <PageHead title={t('Running low')} crumb={{ label: t('Home'), to: '/' }} beside={low !== undefined && <span className="total">{number(low)}</span>}>
        {may('stock:receive') && <Button variant="outlined" component={Link} to="/receiving">{t('Receive goods')}</Button>}
      </PageHead>
      <Card
        id="low-products"
        title={t('Products on sale that are low')}
        report={report}
        flush
        lines={8}
        beside={low !== undefined && low > most && <span className="muted">{t('the {n} with the least stock', { n: number(most) })}</span>}
      >
        {({ items }) => (items.length === 0
          ? <p className="card-body flush muted">{t('No product on sale is low.')}</p>
          : (
            <div className="table-scroll" tabIndex={0} role="region" aria-label={t('Products')}>
              <table className="grid" aria-labelledby="low-products">
                <thead>
                  <tr>
                    <th scope="col">{t('Name')}</th>
                    <th scope="col">{t('SKU')}</th>
                    <th scope="col" className="end">{t('Stock')}</th>
                    <th scope="col" className="end">{t('Low stock at')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((product) => (
                    <tr key={product.product_id} className="still">
                      <td className="primary"><Link to={`/products/${product.product_id}?tab=stock`}>{product.name}</Link></td>
                      <td data-label={t('SKU')}>{product.sku}</td>
                      <td className="end" data-label={t('Stock')}>{number(product.stock)}</td>
                      <td className="end" data-label={t('Low stock at')}>{product.low_stock_at !== null && number(product.low_stock_at)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ))}
      </Card>
    </>
  );
}

import { PageHead } from '@/ui/PageHead';
import { t } from '@/i18n/t';

export default function HomePage() {
  return <PageHead title={t('Home')} />;
}

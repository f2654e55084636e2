import { useLayoutEffect, useRef } from 'react';
import { Link } from 'react-router';
import { number } from '@/i18n/format';
import { t } from '@/i18n/t';
import { countOf, useStatusCounts } from './useStatusCounts';
import { ordersPath, tabOf, tabs } from './tabs';
import { useFilters } from './useFilters';

/** A tab for each status, with the number of its orders that match the search. Each is a link, so that it can be bookmarked and shared. */
export function StatusTabs() {
  const { status, ...others } = useFilters();
  const { data: counts } = useStatusCounts(others);
  const current = tabOf(status);
  const bar = useRef<HTMLElement>(null);
  // On a narrow screen the tabs are scrolled to the current one. Not by scrollIntoView, which may scroll the page, too.
  const counted = counts !== undefined;
  useLayoutEffect(() => {
    const [place, link] = [bar.current, bar.current?.querySelector('[aria-current]')].map((element) => element?.getBoundingClientRect());
    if (bar.current && place && link) bar.current.scrollLeft += link.left - place.left - (place.width - link.width) / 2;
  }, [current, counted]);
  return (
    <nav ref={bar} className="tabs" aria-label={t('Orders by status')}>
      {tabs.map((tab) => (
        <Link
          key={tab.key}
          to={ordersPath(tab.key ? { ...others, status: tab.key } : others)}
          aria-current={tab === current ? 'page' : undefined}
        >
          {tab.label}
          <span className="count">{counts ? number(countOf(counts, tab.members)) : '…'}</span>
        </Link>
      ))}
    </nav>
  );
}

import { offers, type ResourceDef } from '@/api/definitions';
import { t } from '@/i18n/t';
import { pages, routes } from '@/pages/registry';
import { mayOf, type Session } from '@/session/session';

interface MenuEntry {
  to: string;
  label: string;
  icon: string;
  resource?: ResourceDef;
}

interface MenuGroup {
  label: string;
  entries: MenuEntry[];
}

// What staff need most comes first. Groups and entries that are not named here follow, and administration comes last.
const groupOrder = ['', 'Sales', 'Catalog'];
const entryOrder = ['orders', 'carts', 'customers', 'products', 'receiving', 'stocktake', 'categories'];

const rank = (order: string[], name: string) => (order.indexOf(name) + order.length + 1) % (order.length + 1);

const groupRank = (name: string) => (name === 'Administration' ? groupOrder.length + 1 : rank(groupOrder, name));

/** The menu: every resource and page that the person may see, in groups. */
export function menuOf({ schema, me }: Session): MenuGroup[] {
  const groups = new Map<string, MenuEntry[]>([['', [{ to: '/', label: t('Home'), icon: 'home' }]]]);
  const add = (group: string, entry: MenuEntry) => groups.set(group, [...(groups.get(group) ?? []), entry]);
  for (const def of schema.resources) {
    if (pages[def.name]?.menu === 'hidden' || !offers(def, 'list') || !mayOf(me, `${def.name}:read`)) continue;
    add(def.group, { to: `/${def.name}`, label: def.label_plural, icon: def.icon, resource: def });
  }
  for (const { path, menu, permissions = [] } of routes) {
    if (menu && permissions.every((p) => mayOf(me, p))) add(menu.group, { to: path, ...menu });
  }
  const name = (entry: MenuEntry) => entry.to.slice(1);
  return [...groups]
    .sort(([a], [b]) => groupRank(a) - groupRank(b))
    .map(([label, entries]) => ({
      label,
      entries: entries.sort((a, b) => rank(entryOrder, name(a)) - rank(entryOrder, name(b))),
    }));
}

import { useEffect, useRef } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { FieldDef, ResourceDef } from '@/api/definitions';
import { slugOf } from '@/i18n/format';
import type { Values } from './useSave';

const slugFields = (def: ResourceDef, inputs: FieldDef[]) => inputs.filter((f) => f.format === 'slug' && f.name !== def.title_field).map((f) => f.name);

/** The slugs that are proposed for a record with this title. */
export const slugsFor = (def: ResourceDef, inputs: FieldDef[], title: string): Values =>
  Object.fromEntries(slugFields(def, inputs).map((name) => [name, slugOf(title)]));

/** Derives each slug of a new record from its title while that is typed, until the person types a slug. */
export function useProposedSlugs(def: ResourceDef, form: UseFormReturn<Values>, inputs: FieldDef[]) {
  const typed = useRef(new Set<string>());
  const names = slugFields(def, inputs).join();
  useEffect(() => {
    if (!names) return undefined;
    const { unsubscribe } = form.watch((values, { name, type }) => {
      if (type !== 'change' || !name) return; // setValue below also triggers this, without a type
      typed.current.add(name);
      const title = values[name];
      if (name !== def.title_field || typeof title !== 'string') return;
      names.split(',').filter((slug) => !typed.current.has(slug)).forEach((slug) => form.setValue(slug, slugOf(title), { shouldDirty: true }));
    });
    return unsubscribe;
  }, [def, form, names]);
}

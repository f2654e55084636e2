import { inSentence } from '@/i18n/format';
import { t } from '@/i18n/t';
import { useSession } from '@/session/session';
import { ReferenceValue } from './ReferenceValue';

/** A message of the server. A record that it names by its id is named by its title: “category 134” as “category Kitchen”. */
export function Named({ text }: { text: string }) {
  for (const { name, label, title_field: title } of useSession().schema.resources) {
    const found = title === 'id' ? null : new RegExp(`\\b${inSentence(label)} (\\d+)\\b`, 'i').exec(text);
    if (!found?.[1]) continue;
    const [kind, rest] = [text.slice(0, found.index + label.length), text.slice(found.index + found[0].length)];
    return <>{kind} <ReferenceValue resource={name} id={Number(found[1])} link={false} />{rest.replace(/(?<=^ )does not exist/, t('no longer exists'))}</>;
  }
  return <>{text}</>;
}

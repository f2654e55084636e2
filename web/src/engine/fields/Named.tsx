import { inSentence } from '@/i18n/format';
import { useSession } from '@/session/session';
import { ReferenceValue } from './ReferenceValue';

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A message of the server. A record that it names by its id is named by its title: “category 134” as “category Kitchen”. */
export function Named({ text }: { text: string }) {
  for (const { name, label, title_field: title } of useSession().schema.resources) {
    const found = title === 'id' ? null : new RegExp(`(?<!\\w)${literally(inSentence(label))} (\\d+)\\b`, 'i').exec(text);
    if (!found?.[1]) continue;
    const [kind, rest] = [text.slice(0, found.index + label.length), text.slice(found.index + found[0].length)];
    return <>{kind} <ReferenceValue resource={name} id={Number(found[1])} link={false} />{rest}</>;
  }
  return <>{text}</>;
}

/** An instant as `<input type="datetime-local">` shows it, in the person's zone. */
export function localDateTime(iso: string): string {
  if (!iso) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export const utcDateTime = (local: string): string => (local ? new Date(local).toISOString() : '');

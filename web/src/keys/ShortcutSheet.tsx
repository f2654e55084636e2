import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { t } from '@/i18n/t';
import { shortcuts } from './shortcuts';
import './sheet.css';

export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const palette = { keys: 'Ctrl K', text: t('Search or jump to'), group: t('Everywhere') };
  const leave = { keys: 'Escape', text: t('Leave a field'), group: t('Everywhere') };
  const all = [...shortcuts.use(), palette, leave];
  const groups = [...new Set(all.map((s) => s.group))];
  return (
    <Dialog open onClose={onClose} maxWidth="md" aria-labelledby="shortcut-title">
      <DialogTitle id="shortcut-title">{t('Keyboard shortcuts')}</DialogTitle>
      <DialogContent tabIndex={0}>
        <div className="shortcut-sheet">
          {groups.map((group) => (
            <section key={group}>
              <h3>{group}</h3>
              <dl>
                {all.filter((s) => s.group === group).map((s) => (
                  <div key={s.keys}>
                    <dt>{s.text}</dt>
                    <dd>{s.keys.split(' ').map((k) => <kbd key={k}>{k}</kbd>)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogContent>
    </Dialog>
  );
}

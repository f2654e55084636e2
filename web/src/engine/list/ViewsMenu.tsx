import { useState, type FormEvent } from 'react';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import BookmarkIcon from '@mui/icons-material/BookmarkBorder';
import DeleteIcon from '@mui/icons-material/DeleteOutlineOutlined';
import RenameIcon from '@mui/icons-material/EditOutlined';
import { useListContext, useStore } from 'ra-core';
import { useNavigate } from 'react-router';
import { t } from '@/i18n/t';
import { toast } from '@/toast/toasts';
import { closing } from '@/ui/closing';

interface View {
  name: string;
  search: string; // of the address: filters, order and page size
}

/** Named combinations of filters and order, kept in this browser. */
export function ViewsMenu() {
  const { resource, filterValues, sort, perPage } = useListContext();
  const [views, setViews] = useStore<View[]>(`${resource}.views`, []);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [naming, setNaming] = useState<View | null>(null); // without a name, if it is new
  const navigate = useNavigate();
  const current = searchOf(filterValues, sort, perPage);

  const open = (view: View) => {
    setAnchor(null);
    void navigate(`/${resource}${view.search}`);
  };
  const remove = (view: View) => {
    setViews(views.filter((v) => v !== view));
    setAnchor(null);
    toast(t('View “{name}” removed', { name: view.name }), 'info', { label: t('Undo'), run: () => setViews(views) });
  };
  const name = (view: View) => {
    setAnchor(null);
    setNaming(view);
  };
  const save = (view: View, named: string) => {
    const next = { ...view, name: named };
    const former = view.name || named;
    setViews(views.some((v) => v.name === former) ? views.map((v) => (v.name === former ? next : v)) : [...views, next]);
    setNaming(null);
    toast(view.name ? t('View “{name}” renamed to “{next}”', { name: view.name, next: named }) : t('View “{name}” saved in this browser', { name: named }));
  };
  return (
    <>
      <Button startIcon={<BookmarkIcon />} aria-haspopup="menu" onClick={(e) => setAnchor(e.currentTarget)}>{t('Views')}</Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} slotProps={{ paper: { sx: { minWidth: 220 } }, list: { sx: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) auto auto' } } }}>
        <MenuItem sx={whole} onClick={() => open({ name: '', search: '?filter={}' })}>{t('All records')}</MenuItem>
        {views.flatMap((view) => [ // the arrow keys reach items only, not a button within one
          <MenuItem key={view.name} sx={wrapped} selected={view.search === current} onClick={() => open(view)}>{view.name}</MenuItem>,
          <MenuItem key={`${view.name} rename`} aria-label={t('Rename the view {name}', { name: view.name })} onClick={() => name(view)}><RenameIcon fontSize="small" /></MenuItem>,
          <MenuItem key={`${view.name} remove`} aria-label={t('Remove the view {name}', { name: view.name })} onClick={() => remove(view)}><DeleteIcon fontSize="small" /></MenuItem>,
        ])}
        <Divider sx={whole} />
        <MenuItem sx={whole} onClick={() => name({ name: '', search: current })}>{t('Save this view…')}</MenuItem>
      </Menu>
      {naming && <NameDialog now={naming.name} taken={views.map((view) => view.name)} onSave={(named) => save(naming, named)} onClose={() => setNaming(null)} />}
    </>
  );
}

/** Of an item that takes the whole width. */
const whole = { gridColumn: '1 / -1' };

/** Of a name, which leaves the buttons beside it on the screen of a phone. */
const wrapped = { whiteSpace: 'normal', overflowWrap: 'anywhere' };

function NameDialog({ now, taken, onSave, onClose }: { now: string; taken: string[]; onSave: (name: string) => void; onClose: () => void }) {
  const [text, setText] = useState(now);
  const name = text.trim();
  const replaces = name !== now && taken.includes(name);
  const clashes = replaces && now !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name && !clashes) onSave(name);
  };
  const help = replaces ? t('Replaces the view with this name.') : t('Saves the filters and the sort order of this list.');
  return (
    <Dialog open onClose={closing(onClose, text !== now)} aria-labelledby="view-title">
      <form onSubmit={submit}>
        <DialogTitle id="view-title">{now ? t('Rename this view') : t('Save this view')}</DialogTitle>
        <DialogContent>
          <TextField
            autoFocus
            inputRef={select}
            label={t('Name')}
            value={text}
            onChange={(e) => setText(e.target.value)}
            error={clashes}
            helperText={clashes ? t('Another view has this name.') : now ? undefined : help}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" variant="contained" disabled={!name || clashes}>{now ? t('Rename') : t('Save')}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** Selects the name to change, so that typing replaces it. */
const select = (input: HTMLInputElement | null) => input?.select();

function searchOf(filter: unknown, sort: { field: string; order: string }, perPage: number) {
  const params = new URLSearchParams({ filter: JSON.stringify(filter), sort: sort.field, order: sort.order, page: '1', perPage: String(perPage) });
  return `?${params}`;
}

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
  const [naming, setNaming] = useState(false);
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
  const save = (name: string) => {
    setViews([...views.filter((v) => v.name !== name), { name, search: current }]);
    setNaming(false);
    toast(t('View “{name}” saved in this browser', { name }));
  };
  return (
    <>
      <Button startIcon={<BookmarkIcon />} aria-haspopup="menu" onClick={(e) => setAnchor(e.currentTarget)}>{t('Views')}</Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} slotProps={{ paper: { sx: { minWidth: 220 } }, list: { sx: { display: 'grid', gridTemplateColumns: '1fr auto' } } }}>
        <MenuItem sx={whole} onClick={() => open({ name: '', search: '?filter={}' })}>{t('All records')}</MenuItem>
        {views.flatMap((view) => [ // the arrow keys reach items only, not a button within one
          <MenuItem key={view.name} selected={view.search === current} onClick={() => open(view)}>{view.name}</MenuItem>,
          <MenuItem key={`${view.name} remove`} aria-label={t('Remove the view {name}', { name: view.name })} onClick={() => remove(view)}><DeleteIcon fontSize="small" /></MenuItem>,
        ])}
        <Divider sx={whole} />
        <MenuItem
          sx={whole}
          onClick={() => {
            setAnchor(null);
            setNaming(true);
          }}
        >
          {t('Save this view…')}
        </MenuItem>
      </Menu>
      {naming && <NameDialog onSave={save} onClose={() => setNaming(false)} />}
    </>
  );
}

/** Of an item that takes the whole width. */
const whole = { gridColumn: '1 / -1' };

function NameDialog({ onSave, onClose }: { onSave: (name: string) => void; onClose: () => void }) {
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) onSave(name.trim());
  };
  return (
    <Dialog open onClose={closing(onClose, name !== '')} aria-labelledby="view-title">
      <form onSubmit={submit}>
        <DialogTitle id="view-title">{t('Save this view')}</DialogTitle>
        <DialogContent>
          <TextField autoFocus label={t('Name')} value={name} onChange={(e) => setName(e.target.value)} helperText={t('Saves the filters and the sort order of this list.')} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('Cancel')}</Button>
          <Button type="submit" variant="contained" disabled={!name.trim()}>{t('Save')}</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function searchOf(filter: unknown, sort: { field: string; order: string }, perPage: number) {
  const params = new URLSearchParams({ filter: JSON.stringify(filter), sort: sort.field, order: sort.order, page: '1', perPage: String(perPage) });
  return `?${params}`;
}

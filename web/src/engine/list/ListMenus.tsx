import { useState } from 'react';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import ColumnsIcon from '@mui/icons-material/ViewColumnOutlined';
import { t } from '@/i18n/t';
import type { Column } from './columns';

interface Props {
  columns: Column[];
  isShown: (column: Column) => boolean | undefined;
  toggle: (column: Column) => void;
  reset: () => void;
}

/** Chooses which columns the list shows. */
export function ColumnsMenu({ columns, isShown, toggle, reset }: Props) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button startIcon={<ColumnsIcon />} aria-haspopup="menu" onClick={(e) => setAnchor(e.currentTarget)}>{t('Columns')}</Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {columns.map((column) => (
          <MenuItem key={column.key} dense disabled={column.primary} role="menuitemcheckbox" aria-checked={Boolean(isShown(column))} onClick={() => toggle(column)}>
            <Checkbox checked={Boolean(isShown(column))} tabIndex={-1} inert sx={{ mr: 1, ml: -1 }} />
            {column.label}
          </MenuItem>
        ))}
        <Divider />
        <MenuItem onClick={reset}>{t('Reset columns')}</MenuItem>
      </Menu>
    </>
  );
}

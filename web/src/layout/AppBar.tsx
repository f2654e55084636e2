import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import MenuIcon from '@mui/icons-material/Menu';
import SearchIcon from '@mui/icons-material/Search';
import KeyboardIcon from '@mui/icons-material/KeyboardOutlined';
import RefreshIcon from '@mui/icons-material/Refresh';
import { useRefresh } from 'ra-core';
import { Link } from 'react-router';
import { t } from '@/i18n/t';
import { openPalette } from '@/palette/open';
import { openShortcutSheet } from '@/keys/shortcuts';
import { UserMenu } from './UserMenu';

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function AppBar({ menuOpen, onMenu }: { menuOpen: boolean; onMenu: () => void }) {
  const refresh = useRefresh();
  return (
    <header className="app-bar">
      <IconButton aria-label={t('Menu')} aria-expanded={menuOpen} onClick={onMenu}><MenuIcon /></IconButton>
      <Link to="/" className="app-name" aria-label={t('Storekeeper, home')}><img src="/favicon.svg" alt="" /><span>Storekeeper</span></Link>
      {/* The mouse leaves the focus where it is, and there it is again when the palette is closed. */}
      <button className="app-search" onMouseDown={(e) => e.preventDefault()} onClick={openPalette} aria-label={t('Search or jump to')}>
        <SearchIcon aria-hidden />
        <span>{t('Search or jump to…')}</span>
        <kbd>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      <div className="spacer" />
      <Tooltip title={t('Keyboard shortcuts (?)')}>
        <IconButton aria-label={t('Keyboard shortcuts')} onClick={openShortcutSheet} sx={{ display: { xs: 'none', sm: 'inline-flex' } }}>
          <KeyboardIcon />
        </IconButton>
      </Tooltip>
      <Tooltip title={t('Refresh')}>
        <IconButton aria-label={t('Refresh')} onClick={() => refresh()}><RefreshIcon /></IconButton>
      </Tooltip>
      <UserMenu />
    </header>
  );
}

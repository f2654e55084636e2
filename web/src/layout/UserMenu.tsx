import { useState } from 'react';
import Avatar from '@mui/material/Avatar';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import DarkIcon from '@mui/icons-material/DarkModeOutlined';
import LightIcon from '@mui/icons-material/LightModeOutlined';
import DensityIcon from '@mui/icons-material/DensitySmallOutlined';
import DocsIcon from '@mui/icons-material/MenuBookOutlined';
import LogoutIcon from '@mui/icons-material/Logout';
import PersonIcon from '@mui/icons-material/PersonOutlineOutlined';
import { useColorScheme } from '@mui/material/styles';
import { Link } from 'react-router';
import { t } from '@/i18n/t';
import { useDensity } from '@/ui/density';
import { signOut, useSession } from '@/session/session';
import { toastError } from '@/toast/toasts';

export function UserMenu() {
  const { me } = useSession();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const { mode, systemMode, setMode } = useColorScheme();
  const [density, setDensity] = useDensity();
  const dark = (mode === 'system' ? systemMode : mode) === 'dark';
  const close = () => setAnchor(null);
  const then = (action: () => void) => () => {
    action();
    close();
  };
  return (
    <>
      <IconButton aria-label={t('Your menu')} aria-haspopup="menu" onClick={(e) => setAnchor(e.currentTarget)}>
        <Avatar sx={{ width: 26, height: 26, fontSize: 12, fontWeight: 600, bgcolor: 'var(--accent-soft)', color: 'var(--accent)' }}>
          {initials(me.name)}
        </Avatar>
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={close} slotProps={{ paper: { sx: { minWidth: 220 } } }}>
        <MenuItem component={Link} to="/profile" onClick={close}>
          <ListItemIcon><PersonIcon /></ListItemIcon>
          <span>{me.name}<br /><span className="muted">{me.role_label}</span></span>
        </MenuItem>
        <Divider />
        <MenuItem onClick={then(() => setMode(dark ? 'light' : 'dark'))}>
          <ListItemIcon>{dark ? <LightIcon /> : <DarkIcon />}</ListItemIcon>
          {dark ? t('Light colours') : t('Dark colours')}
        </MenuItem>
        <MenuItem onClick={then(() => setDensity(density === 'dense' ? 'roomy' : 'dense'))}>
          <ListItemIcon><DensityIcon /></ListItemIcon>
          {density === 'dense' ? t('Comfortable rows') : t('Compact rows')}
        </MenuItem>
        <MenuItem component="a" href="/docs" target="_blank" onClick={close}>
          <ListItemIcon><DocsIcon /></ListItemIcon>
          {t('API documentation')}
        </MenuItem>
        <Divider />
        <MenuItem onClick={then(() => void signOut().catch(toastError))}>
          <ListItemIcon><LogoutIcon /></ListItemIcon>
          {t('Sign out')}
        </MenuItem>
      </Menu>
    </>
  );
}

const initials = (name: string) =>
  name.split(/\s+/).map((w) => w.charAt(0)).filter(Boolean).slice(0, 2).join('').toUpperCase() || '·';

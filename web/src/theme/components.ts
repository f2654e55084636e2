import type { Components, Theme } from '@mui/material/styles';
import { t } from '@/i18n/t';
import { typeAhead } from './typeAhead';

const labelAbove = {
  position: 'static', transform: 'none', maxWidth: '100%', whiteSpace: 'normal', overflowWrap: 'anywhere', marginBottom: 4, color: 'var(--text)', fontSize: 13, fontWeight: 550,
  '&.Mui-focused': { color: 'var(--text)' },
  '&.Mui-error': { color: 'var(--danger)' },
} as const;

/** The inputs of checkboxes and the like are invisible; without ripples they need this ring to show the focus. */
const ring = { '&.Mui-focusVisible': { outline: '2px solid var(--accent)', outlineOffset: -2 } };

/** Small, flat components, with labels above inputs. */
export const components: Components<Theme> = {
  MuiButtonBase: { defaultProps: { disableRipple: true } },
  MuiButton: {
    defaultProps: { size: 'small', disableElevation: true },
    styleOverrides: {
      root: {
        minHeight: 32, padding: '3px 12px', lineHeight: 1.4, whiteSpace: 'nowrap',
        '&:focus-visible': { outline: '2px solid var(--accent)', outlineOffset: 1 },
      },
      outlined: { borderColor: 'var(--line-strong)', color: 'var(--text)', backgroundColor: 'var(--paper)' },
      text: { padding: '3px 8px', '&.MuiButton-colorPrimary': { color: 'var(--muted)', '&:hover': { color: 'var(--text)' } } },
      startIcon: { marginRight: 6 },
    },
  },
  MuiIconButton: {
    defaultProps: { size: 'small' },
    styleOverrides: { root: { borderRadius: 7, '&:focus-visible': { outline: '2px solid var(--accent)' } } },
  },
  MuiSvgIcon: { defaultProps: { fontSize: 'small' } },
  MuiTextField: { defaultProps: { size: 'small', fullWidth: true, variant: 'outlined' } },
  MuiFormControl: { defaultProps: { size: 'small', fullWidth: true } },
  MuiInputLabel: { defaultProps: { shrink: true }, styleOverrides: { root: labelAbove, asterisk: { color: 'var(--danger)' } } },
  MuiOutlinedInput: {
    styleOverrides: {
      root: { backgroundColor: 'var(--paper)', borderRadius: 7, fontSize: 13 },
      notchedOutline: { top: 0, borderColor: 'var(--line-strong)', '& legend': { display: 'none' } },
      input: { padding: '7px 10px', height: 20, boxSizing: 'content-box' },
      multiline: { padding: 0, '& textarea': { padding: '7px 10px', height: 'auto' } },
    },
  },
  MuiFormHelperText: { styleOverrides: { root: { margin: '3px 0 0', fontSize: 12, lineHeight: 1.4 } } },
  MuiAutocomplete: {
    // The options stay inside the page's landmarks, and above a dialog that the input may be in.
    defaultProps: { size: 'small', fullWidth: true, disablePortal: true },
    styleOverrides: { inputRoot: { padding: '0 4px !important', minHeight: 34 }, input: { padding: '7px 6px !important' }, hasPopupIcon: { '.MuiAutocomplete-inputRoot.MuiAutocomplete-inputRoot': { paddingRight: '28px !important' } }, popupIndicator: { width: 24, height: 24 }, option: { fontSize: 13, '&.Mui-focused': { backgroundColor: 'var(--accent-soft) !important' } }, paper: { border: '1px solid var(--line)', boxShadow: '0 8px 28px rgb(10 12 30 / 16%)' } },
  },
  MuiCheckbox: { defaultProps: { size: 'small' }, styleOverrides: { root: { padding: 4, ...ring } } },
  MuiRadio: { defaultProps: { size: 'small' }, styleOverrides: { root: { padding: 4, ...ring } } },
  MuiFormControlLabel: { styleOverrides: { root: { marginLeft: -7 } } }, // aligns the box with the edge of the field above
  MuiSwitch: { defaultProps: { size: 'small' }, styleOverrides: { switchBase: ring } },
  MuiMenuItem: { styleOverrides: { root: { minHeight: 32, fontSize: 13, ...ring } } },
  MuiListItemIcon: { styleOverrides: { root: { minWidth: '28px !important' } } },
  MuiPaper: { defaultProps: { elevation: 0 }, styleOverrides: { root: { backgroundImage: 'none' } } },
  MuiPopover: { styleOverrides: { paper: { border: '1px solid var(--line)', boxShadow: '0 8px 28px rgb(10 12 30 / 16%)' } } },
  // Menus are outside of the page's landmarks, so each is a landmark of its own.
  // They close at once: one that opens again while it is closing would have the focus where that was before.
  MuiMenu: { defaultProps: { transitionDuration: { enter: 200, exit: 0 }, slotProps: { root: { role: 'region', 'aria-label': t('Menu') }, list: { onKeyDownCapture: typeAhead } } }, styleOverrides: { paper: { border: '1px solid var(--line)' } } },
  MuiDialog: { styleOverrides: { paper: { borderRadius: 12, border: '1px solid var(--line)' } } },
  MuiDialogTitle: { styleOverrides: { root: { padding: '16px 20px 8px', fontSize: 16, fontWeight: 650 } } },
  MuiDialogContent: { styleOverrides: { root: { padding: '8px 20px' } } },
  MuiDialogActions: { styleOverrides: { root: { padding: '12px 20px 16px', gap: 4 } } },
  MuiTooltip: { defaultProps: { enterDelay: 400 }, styleOverrides: { tooltip: { fontSize: 12 } } },
  MuiTab: { styleOverrides: { root: { minHeight: 38, minWidth: 0, padding: '6px 12px' } } },
  MuiTabs: { styleOverrides: { root: { minHeight: 38 } } },
};

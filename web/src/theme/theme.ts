import { createTheme } from '@mui/material/styles';
import { components } from './components';

/** The same colours as in styles/base.css, which styles our own elements. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-theme', cssVarPrefix: 'sk' },
  colorSchemes: {
    light: {
      palette: {
        primary: { main: '#3a3fd0' },
        error: { main: '#b3261e' },
        background: { default: '#f6f6f8', paper: '#ffffff' },
        text: { primary: '#1b1d24', secondary: '#5d606c' },
        divider: '#e4e4e9',
      },
    },
    dark: {
      palette: {
        primary: { main: '#a3a8ff', contrastText: '#15163a' },
        error: { main: '#ff8f86' },
        background: { default: '#111216', paper: '#18191f' },
        text: { primary: '#eceef4', secondary: '#a3a7b5' },
        divider: '#2b2d36',
      },
    },
  },
  shape: { borderRadius: 7 },
  typography: {
    fontFamily: 'Inter, system-ui, sans-serif',
    fontSize: 13,
    body1: { fontSize: 13 },
    body2: { fontSize: 13 },
    button: { textTransform: 'none', fontWeight: 550, fontSize: 13 },
    caption: { fontSize: 12 },
  },
  components,
});

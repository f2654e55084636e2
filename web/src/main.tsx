// In the first file, so that neither signing in nor Home loads the pages of records for these.
import './pages/orders/types';
import './ui/csv';
import './ui/PartFailed';
import './ui/SubmitButton';
import './ui/ZoneNotice';
import { createRoot } from 'react-dom/client';
import { ThemeProvider } from '@mui/material/styles';
import { Boot } from './boot/Boot';
import { followBuild } from './boot/newBuild';
import { numberHistory } from './boot/numberHistory';
import { keepFocus } from './keys/keepFocus';
import { EmotionRoot } from './theme/EmotionRoot';
import { theme } from './theme/theme';
import { tellCutOff } from './ui/tellCutOff';
import './styles/fonts.css';
import './styles/base.css';
import './styles/layout.css';
import './styles/table.css';
import './styles/form.css';

const root = document.getElementById('root');
if (!root) throw new Error('no #root in the page');

followBuild();
numberHistory();
keepFocus();
tellCutOff();
createRoot(root).render(
  <EmotionRoot>
    <ThemeProvider theme={theme} defaultMode="system">
      <Boot />
    </ThemeProvider>
  </EmotionRoot>,
);

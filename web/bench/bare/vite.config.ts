import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/bare/',
  plugins: [react()],
  build: { outDir: '../../.cache/bare', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 2000 },
});

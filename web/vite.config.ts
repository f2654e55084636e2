import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// The server that `npm run dev` sends API calls to.
const api = process.env.STOREKEEPER_API ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: {
      // ra-core's own CSV writer, which our export replaces.
      'jsonexport/dist/index.js': fileURLToPath(new URL('src/api/noJsonExport.ts', import.meta.url)),
      '@': fileURLToPath(new URL('src', import.meta.url)),
    },
  },
  // The server puts the build into the addresses that the page names: the rest follows.
  experimental: { renderBuiltUrl: (_, { hostType }) => (hostType === 'html' ? undefined : { relative: true }) },
  server: { proxy: { '/api': api, '/docs': api, '/openapi.json': api } },
  build: {
    assetsDir: 'ui',
    target: 'es2022',
    sourcemap: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        // Names without hashes: the build is committed.
        entryFileNames: 'ui/app.js',
        chunkFileNames: 'ui/[name].js',
        assetFileNames: 'ui/[name][extname]',
        // A browser asks for six files at a time: few files, each of what is needed together.
        codeSplitting: {
          groups: [
            { name: 'vendor', test: /node_modules/, tags: ['$initial'], priority: 3 },
            { name: 'app', tags: ['$initial'], priority: 3 },
            { name: 'charts', test: /node_modules.recharts/, priority: 2 }, // and what it imports, but nothing of ours, which more than charts need
            { name: 'records', test: /src.(engine|pages.(?!home|login|orders.(PackingSlips|Barcode)|products.StockChart))/, priority: 1 },
          ],
        },
      },
    },
  },
});

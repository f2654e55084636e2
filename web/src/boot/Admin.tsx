import { useMemo, useState } from 'react';
import { QueryClient } from '@tanstack/react-query';
import { CoreAdminContext, CoreAdminUI, CustomRoutes, Resource, type I18nProvider } from 'ra-core';
import { Route } from 'react-router';
import { createHashRouter, RouterProvider } from 'react-router-dom';
import { makeDataProvider } from '@/api/dataProvider';
import { offers } from '@/api/definitions';
import { isProblem, OfflineError } from '@/api/problem';
import { Layout } from '@/layout/Layout';
import { Forbidden } from '@/layout/Forbidden';
import { NotFound } from '@/layout/NotFound';
import { CrashPage } from '@/layout/CrashPage';
import { Relogin } from '@/session/Relogin';
import { SameMember } from '@/session/SameMember';
import { SessionContext, mayOf, useSession, type Session } from '@/session/session';
import { importPage, pagesOf, routes } from '@/pages/registry';
import { Home } from '@/pages/home';
import { store } from './store';

// Only failures that ra-core reports itself are translated here; our own texts do not pass through it.
const i18n: I18nProvider = {
  translate: (key, options: { _?: string } = {}) => options._ ?? key,
  changeLocale: () => Promise.resolve(),
  getLocale: () => 'en',
};

/** The router outlives a change of the session: ra-core's own would be made again, beside the one that blocks leaving a form. */
export function Admin({ session }: { session: Session }) {
  const [router] = useState(() => createHashRouter([{ path: '*', element: <Screens /> }]));
  return <SessionContext value={session}><RouterProvider router={router} /></SessionContext>;
}

function Screens() {
  const session = useSession();
  const dataProvider = useMemo(() => makeDataProvider(session.schema), [session.schema]);
  const queryClient = useMemo(() => makeQueryClient(), []);
  return (
    <CoreAdminContext dataProvider={dataProvider} queryClient={queryClient} i18nProvider={i18n} store={store}>
      <CoreAdminUI
        disableTelemetry
        title="Storekeeper"
        layout={Layout}
        dashboard={Home}
        catchAll={NotFound}
        error={CrashPage}
      >
        {session.schema.resources.map((def) => <Resource key={def.name} name={def.name} {...pagesOf(def, session)} />)}
        <CustomRoutes>
          {routes.map(({ path, Page, permissions = [] }) => (
            <Route key={path} path={path} element={permissions.every((p) => mayOf(session.me, p)) ? <Page /> : <Forbidden />} />
          ))}
          {session.schema.resources.filter((def) => offers(def, 'import')).map((def) => (
            <Route key={def.name} path={`/${def.name}/import`} element={importPage(def, session)} />
          ))}
        </CustomRoutes>
      </CoreAdminUI>
      <Relogin />
      <SameMember />
    </CoreAdminContext>
  );
}

function makeQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        retry: (count, error) => count < 2 && (error instanceof OfflineError || (isProblem(error) && error.status >= 502)),
        networkMode: 'always', // a local server needs no network
      },
      mutations: { networkMode: 'always' },
    },
  });
}

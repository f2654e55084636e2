import { lazy, Suspense, useEffect, useState } from 'react';
import type { SchemaDef } from '@/api/definitions';
import { api } from '@/api/http';
import { isProblem, messageOf } from '@/api/problem';
import { setCurrency } from '@/i18n/format';
import { ChangeMeContext, whoAmI, type Me, type Session } from '@/session/session';
import { Admin } from './Admin';
import { BootFailed } from './BootFailed';
import { Shell } from './Shell';

const LoginPage = lazy(() => import('@/pages/login/LoginPage'));
const SetupPage = lazy(() => import('@/pages/login/SetupPage'));

type State =
  | { kind: 'loading' | 'anonymous' }
  | { kind: 'ready'; session: Session }
  | { kind: 'failed'; message: string };

/**
 * Asks the server who is signed in and for the shop's definitions, then shows the admin
 * or the login. The address stays as it is, so that a deep link survives signing in.
 */
export function Boot() {
  const [state, setState] = useState<State>({ kind: 'loading' });
  const setup = setupParams();

  const start = () => {
    setState({ kind: 'loading' });
    load().then(setState, (error: unknown) => setState({ kind: 'failed', message: messageOf(error) }));
  };
  useEffect(() => {
    void load().then(setState, (error: unknown) => setState({ kind: 'failed', message: messageOf(error) }));
  }, []);
  useEffect(() => {
    // Pasting a one-time link over another page only changes the hash, which loads nothing.
    const open = () => setupParams() && location.reload();
    window.addEventListener('hashchange', open);
    return () => window.removeEventListener('hashchange', open);
  }, []);

  const changeMe = (me: Me) => setState((now) => {
    if (now.kind !== 'ready' || JSON.stringify(me) === JSON.stringify(now.session.me)) return now;
    return { kind: 'ready', session: { ...now.session, me } };
  });

  if (setup) {
    const done = () => {
      location.hash = '';
      location.reload();
    };
    return <Suspense><SetupPage {...setup} onSignedIn={done} /></Suspense>;
  }
  switch (state.kind) {
    case 'loading':
      return <Shell />;
    case 'failed':
      return <BootFailed message={state.message} onRetry={start} />;
    case 'anonymous':
      return <Suspense><LoginPage onSignedIn={start} /></Suspense>;
    case 'ready':
      return <ChangeMeContext value={changeMe}><Admin session={state.session} /></ChangeMeContext>;
  }
}

async function load(): Promise<State> {
  try {
    const [me, schema] = await Promise.all([whoAmI(), api.get<SchemaDef>('/schema')]);
    setCurrency(schema.currency, schema.minor_units);
    return { kind: 'ready', session: { me, schema } };
  } catch (error) {
    if (isProblem(error) && error.status === 401) return { kind: 'anonymous' };
    throw error;
  }
}

/** The parameters of a one-time link for the first run, an invitation or a password reset: #/setup?token=… */
function setupParams() {
  const [path, query] = location.hash.slice(1).split('?');
  const params = new URLSearchParams(query);
  const token = params.get('token');
  return path === '/setup' && token ? { token, email: params.get('email') } : null;
}

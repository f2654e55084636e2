import { useEffect, type ReactNode } from 'react';
import './login.css';

/** The page around the forms for people who are not signed in. */
export function LoginFrame({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Storekeeper`;
  }, [title]);
  return (
    <main className="login">
      <div className="card login-card">
        <img src="/favicon.svg" alt="" width="40" height="40" />
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}

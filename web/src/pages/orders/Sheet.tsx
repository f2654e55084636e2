import type { ReactNode } from 'react';
import './slip.css';

/** A document to print, with its header on each of its pages: a table repeats its head. */
export function Sheet({ header, picks = false, children }: { header: ReactNode; picks?: boolean; children: ReactNode }) {
  return (
    <article className={picks ? 'slip picks' : 'slip'}>
      <table className="slip-pages">
        <thead><tr><td><header>{header}</header></td></tr></thead>
        <tbody><tr><td>{children}</td></tr></tbody>
      </table>
    </article>
  );
}

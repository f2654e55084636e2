import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Cart } from './cart';

/** By line, the quantity that the person has chosen and the server has not taken yet. */
type Chosen = ReadonlyMap<number, number>;

const pauseMs = 350;
const none: Chosen = new Map();

/**
 * The quantities that a person is choosing. Each is sent when the person pauses. settle sends all at
 * once, waits for those that are on their way, and returns whether the server took all of them.
 */
export function useQuantities(send: (line: number, quantity: number) => Promise<boolean>) {
  const [chosen, setChosen] = useState(none);
  const due = useRef(new Map<number, { quantity: number; timer: number }>());
  const sent = useRef(new Set<Promise<boolean>>());

  const dismiss = (line: number) => {
    clearTimeout(due.current.get(line)?.timer);
    due.current.delete(line);
  };
  const end = (line: number, quantity?: number) => setChosen((all) => (
    quantity === undefined || all.get(line) === quantity ? new Map([...all].filter(([id]) => id !== line)) : all
  ));
  const sendNow = (line: number) => {
    const quantity = due.current.get(line)?.quantity;
    dismiss(line);
    if (quantity === undefined) return;
    const answer = send(line, quantity).finally(() => {
      sent.current.delete(answer);
      end(line, quantity);
    });
    sent.current.add(answer);
  };
  const choose = (line: number, quantity: number) => {
    dismiss(line);
    due.current.set(line, { quantity, timer: window.setTimeout(() => sendNow(line), pauseMs) });
    setChosen((all) => new Map(all).set(line, quantity));
  };
  /** Drops the chosen quantity of a line that is about to change in another way. */
  const forget = (line: number) => {
    dismiss(line);
    end(line);
  };
  const settle = async () => {
    [...due.current.keys()].forEach(sendNow);
    return (await Promise.all(sent.current)).every(Boolean);
  };
  const leave = useEffectEvent(() => void settle());
  useEffect(() => () => leave(), []);
  return { chosen, choose, forget, settle };
}

export type Quantities = ReturnType<typeof useQuantities>;

/** The cart as it will be with these quantities. */
export function withQuantities(cart: Cart, chosen: Chosen): Cart {
  if (!cart.items.some((line) => chosen.has(line.id))) return cart;
  const items = cart.items.map((line) => {
    const quantity = chosen.get(line.id) ?? line.quantity;
    return { ...line, quantity, subtotal: amount(line.price * quantity) };
  });
  return { ...cart, items, total_amount: amount(items.reduce((sum, line) => sum + (line.subtotal ?? NaN), 0)) };
}

const amount = (n: number) => (Number.isSafeInteger(n) ? n : null);

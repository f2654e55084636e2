import { useEffect, useState } from 'react';
import { api } from '@/api/http';

/** Whether the shop is known to have no staff yet; asked again when the person comes back to the page. */
export function useVacant(): boolean {
  const [vacant, setVacant] = useState(false);
  useEffect(() => {
    const ask = () => void api.get<{ vacant: boolean }>('/auth/setup').then((state) => setVacant(state.vacant), () => setVacant(false)); // then one can but try
    ask();
    window.addEventListener('focus', ask);
    return () => window.removeEventListener('focus', ask);
  }, []);
  return vacant;
}

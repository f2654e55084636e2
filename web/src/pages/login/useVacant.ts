import { useEffect, useState } from 'react';
import { api } from '@/api/http';

/** Whether the shop has no staff yet, undefined until that is known; asked again when the person comes back to the page. */
export function useVacant(): boolean | undefined {
  const [vacant, setVacant] = useState<boolean>();
  useEffect(() => {
    const ask = () => void api.get<{ vacant: boolean }>('/auth/setup').then((state) => setVacant(state.vacant), () => setVacant(false)); // then one can but try
    ask();
    window.addEventListener('focus', ask);
    return () => window.removeEventListener('focus', ask);
  }, []);
  return vacant;
}

import { useEffect, useState } from 'react';

const minuteMs = 60_000;
const nextMinute = () => new Date(Math.ceil(Date.now() / minuteMs) * minuteMs);

/** The end of the current minute, so that reports are requested once a minute, not on every render. */
export function useMinute(): Date {
  const [now, setNow] = useState(nextMinute);
  useEffect(() => {
    const timer = setInterval(() => setNow(nextMinute()), minuteMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}

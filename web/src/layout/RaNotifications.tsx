import { useEffect } from 'react';
import { useNotificationContext } from 'ra-core';
import { toast } from '@/toast/toasts';

/** Shows ra-core's own notifications as toasts. */
export function RaNotifications() {
  const { notifications, takeNotification } = useNotificationContext();
  useEffect(() => {
    if (notifications.length === 0) return;
    const one = takeNotification();
    if (one && typeof one.message === 'string') toast(one.message, one.type === 'error' ? 'error' : 'info');
  }, [notifications, takeNotification]);
  return null;
}

import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { RecordData } from '@/api/definitions';
import GenericCreate from '@/engine/form/GenericCreate';
import { toastError } from '@/toast/toasts';
import { invite, InvitationDialog, type Invitation } from './Invitation';

/** Adds a member of staff. They have no password yet, so the link to choose one is shown at once. */
export default function StaffCreate() {
  const navigate = useNavigate();
  const [added, setAdded] = useState<{ record: RecordData; link: Invitation } | null>(null);
  const show = (record: RecordData) => void navigate(`/staff/${record.id}`, { replace: true });
  const welcome = async (record: RecordData) => {
    try {
      setAdded({ record, link: await invite(record) });
    } catch (error) {
      toastError(error);
      show(record);
    }
  };
  return (
    <>
      <GenericCreate onSaved={(record) => void welcome(record)} />
      {added && <InvitationDialog {...added} onClose={() => show(added.record)} />}
    </>
  );
}

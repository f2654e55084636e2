/** Closes a dialog, but not by a click beside it once something was typed there. */
export const closing = (onClose: () => void, typed: boolean) => (_: object, by: 'backdropClick' | 'escapeKeyDown') => {
  if (!typed || by === 'escapeKeyDown') onClose();
};

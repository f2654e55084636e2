/** Closes a dialog, but not by a click outside once something was typed in it. */
export const closing = (onClose: () => void, typed: boolean) => (_: object, by: 'backdropClick' | 'escapeKeyDown') => {
  if (!typed || by === 'escapeKeyDown') onClose();
};

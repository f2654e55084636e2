import type { MouseEvent } from 'react';
import Button, { type ButtonProps } from '@mui/material/Button';

interface Props extends Omit<ButtonProps, 'onClick'> {
  idle: boolean;
  onPointed?: () => void; // runs before the form is submitted, for forms with several submit buttons
}

/** Submits its form. Unlike a disabled button it keeps the focus while there is nothing to submit. */
export function SubmitButton({ idle, onPointed, ...props }: Props) {
  const click = (event: MouseEvent) => {
    if (idle) event.preventDefault();
    else onPointed?.();
  };
  return <Button type="submit" aria-disabled={idle} className={idle ? 'Mui-disabled' : undefined} onClick={click} {...props} />;
}

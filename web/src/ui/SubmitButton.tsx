import Button, { type ButtonProps } from '@mui/material/Button';

/** Submits its form. Unlike a disabled button it keeps the focus while there is nothing to submit. */
export function SubmitButton({ idle, ...props }: ButtonProps & { idle: boolean }) {
  return <Button type="submit" aria-disabled={idle} className={idle ? 'Mui-disabled' : undefined} onClick={(event) => idle && event.preventDefault()} {...props} />;
}

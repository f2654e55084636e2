interface KeyPress {
  key: string;
  nativeEvent: { isComposing: boolean };
}

/** Whether the key is a real Enter. Within an input method, Enter only ends the word. */
export const isEnter = (event: KeyPress) => event.key === 'Enter' && !event.nativeEvent.isComposing;

interface KeyPress {
  key: string;
  nativeEvent: { isComposing: boolean };
}

/** Whether the key is an Enter of its own: that of an input method only ends the word. */
export const isEnter = (event: KeyPress) => event.key === 'Enter' && !event.nativeEvent.isComposing;

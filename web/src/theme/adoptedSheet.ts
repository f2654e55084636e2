import { StyleSheet, type Options } from '@emotion/sheet';

/**
 * Emotion's rules in constructed style sheets instead of `<style>` elements, so
 * that the page needs neither 'unsafe-inline' nor a nonce in its content security
 * policy and can be served as one unchanging file.
 */
export class AdoptedSheet extends StyleSheet {
  private readonly sheet = new CSSStyleSheet();

  constructor(options: Options) {
    super(options);
    // Global rules come first, so that a component's own win.
    const adopted = document.adoptedStyleSheets;
    document.adoptedStyleSheets = options.key.endsWith('-global') ? [this.sheet, ...adopted] : [...adopted, this.sheet];
    // Emotion flushes a global sheet before it writes it anew only when it has tags.
    this.tags = [document.createElement('style')];
  }

  override hydrate() {
    // Nothing is rendered on a server.
  }

  override insert(rule: string) {
    try {
      this.sheet.insertRule(rule, this.sheet.cssRules.length);
    } catch {
      // A rule of another browser's prefix.
    }
  }

  override flush() {
    this.sheet.replaceSync('');
  }
}

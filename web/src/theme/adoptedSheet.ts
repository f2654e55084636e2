import { StyleSheet, type Options } from '@emotion/sheet';

/**
 * Keeps Emotion's rules in constructed style sheets instead of `<style>` elements.
 * So the page's content security policy needs neither 'unsafe-inline' nor a nonce,
 * and the page can be served as one unchanging file.
 */
export class AdoptedSheet extends StyleSheet {
  private readonly sheet = new CSSStyleSheet();

  constructor(options: Options) {
    super(options);
    // Global rules come first, so that a component's own win.
    const adopted = document.adoptedStyleSheets;
    document.adoptedStyleSheets = options.key.endsWith('-global') ? [this.sheet, ...adopted] : [...adopted, this.sheet];
    // Before it rewrites a global sheet, Emotion flushes it only if it has tags.
    this.tags = [document.createElement('style')];
  }

  override hydrate() {
    // Nothing is rendered on a server.
  }

  override insert(rule: string) {
    try {
      this.sheet.insertRule(rule, this.sheet.cssRules.length);
    } catch {
      // A rule with the prefix of another browser.
    }
  }

  override flush() {
    this.sheet.replaceSync('');
  }
}

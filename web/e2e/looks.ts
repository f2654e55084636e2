/** A combination in which every screen must look right and work: light or dark, on a desktop or a phone. */
export interface Look {
  colorScheme: 'light' | 'dark';
  device: 'desktop' | 'phone';
}

export const looks: Look[] = [
  { colorScheme: 'light', device: 'desktop' },
  { colorScheme: 'dark', device: 'desktop' },
  { colorScheme: 'light', device: 'phone' },
  { colorScheme: 'dark', device: 'phone' },
];

const sizes = { desktop: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

export const nameOf = ({ colorScheme, device }: Look) => `${colorScheme}-${device}`;

export const optionsOf = ({ colorScheme, device }: Look) => ({
  colorScheme, viewport: sizes[device], locale: 'en-GB', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' as const,
});

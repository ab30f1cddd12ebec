/** A colour of a line or an area, by name. */
export type Colour = 'blue' | 'orange' | 'green' | 'red' | 'purple' | 'sky' | 'grey';

/**
 * The colours of Okabe and Ito, which people with any kind of colour blindness tell apart (https://jfly.uni-koeln.de/color/), darker on
 * white and lighter on black where a line would be hard to see.
 */
export const PALETTE: Readonly<Record<Colour, { readonly light: string; readonly dark: string }>> = {
  blue: { light: '#0072b2', dark: '#4aa8e0' },
  orange: { light: '#c47f00', dark: '#e69f00' },
  green: { light: '#00815f', dark: '#1dbf93' },
  red: { light: '#c44e00', dark: '#f0803c' },
  purple: { light: '#a8588a', dark: '#d98fbb' },
  sky: { light: '#56b4e9', dark: '#56b4e9' },
  grey: { light: '#59636e', dark: '#9aa4af' },
};

/** Each of several runs has a colour of its own, the first one blue. */
export const RUN_COLOURS: readonly Colour[] = ['blue', 'red', 'green', 'purple'];

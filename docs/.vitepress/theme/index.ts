import DefaultTheme from 'vitepress/theme';
import { h } from 'vue';
import chart from '../../predictions/spike.svg';
import './site.css';

const CHART_TEXT = 'A forecast: users jump from 30 to 120 at 10:00, and 2 tasks become 3 at 14:46';

export default {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, {
      // the picture of a forecast beside the first words of the landing page.
      'home-hero-image': () => h('a', { href: 'predictions' }, h('img', { class: 'hero-chart', src: chart, alt: CHART_TEXT })),
    }),
};

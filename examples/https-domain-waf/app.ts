import { App } from 'aws-cdk-lib';
import { HttpsShop } from './https-shop';

new HttpsShop(new App(), 'HttpsShop', { hostedZoneId: 'Z00000000000000000000', zoneName: 'example.com' });

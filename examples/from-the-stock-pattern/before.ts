import { App } from 'aws-cdk-lib';
import { ShopBefore } from './shop-before';

new ShopBefore(new App(), 'Shop');

import { App } from 'aws-cdk-lib';
import { ShopUnderLoad } from './shop-under-load';

new ShopUnderLoad(new App(), 'ShopUnderLoad');

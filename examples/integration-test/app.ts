import { App } from 'aws-cdk-lib';
import { Shop } from './shop';

new Shop(new App(), 'Shop');

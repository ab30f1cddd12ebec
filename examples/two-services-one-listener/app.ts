import { App } from 'aws-cdk-lib';
import { Market } from './market';

new Market(new App(), 'Market');

import { App } from 'aws-cdk-lib';
import { Shop } from './shop';

// the service without its pipeline: what the forecasts read.
new Shop(new App(), 'Shop');

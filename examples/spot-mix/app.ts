import { App } from 'aws-cdk-lib';
import { SpotService } from './spot-service';

new SpotService(new App(), 'SpotService');

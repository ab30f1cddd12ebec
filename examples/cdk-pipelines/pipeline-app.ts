import { App } from 'aws-cdk-lib';
import { ShopPipeline } from './shop-pipeline';

new ShopPipeline(new App(), 'ShopPipeline', {
  repository: 'example/shop',
  connectionArn: 'arn:aws:codeconnections:eu-west-1:123456789012:connection/00000000-0000-0000-0000-000000000000',
});

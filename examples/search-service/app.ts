import { App } from 'aws-cdk-lib';
import { SearchService } from './search-service';

new SearchService(new App(), 'SearchService');

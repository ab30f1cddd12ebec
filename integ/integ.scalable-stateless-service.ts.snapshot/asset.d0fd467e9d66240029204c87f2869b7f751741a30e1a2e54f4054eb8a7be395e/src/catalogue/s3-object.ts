import type { Readable } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';

/**
 * Opens an object of S3 with the credentials of the task.
 *
 * Loaded only where a catalogue is in S3: the library is as large as the rest of the service.
 */
export async function openS3Object({ bucket, key }: { bucket: string; key: string }): Promise<Readable> {
  // with the bucket in the path, which endpoints other than Amazon's understand as well.
  const client = new S3Client({ forcePathStyle: process.env['AWS_ENDPOINT_URL'] !== undefined });
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Body as Readable;
}
